import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArguments } from './arguments.mjs';
import { lockData, spawnBackend } from './backend.mjs';
import { describeError, UserError } from './errors.mjs';
import { forgePasswordFile } from './forge-password.mjs';
import { boundLog, followLog, lastLines } from './logs.mjs';
import { checkGit, portHolder } from './machine.mjs';
import { dataDirectory, root } from './paths.mjs';
import { choosePort, probePort, rememberPort } from './ports.mjs';
import { prepare } from './prepare.mjs';
import { formatDuration, step } from './progress.mjs';
import { waitUntilReady } from './readiness.mjs';
import { stopChildren } from './run.mjs';
import { tellSampleYear } from './sample-year.mjs';
import {
  chooseSample,
  describeSample,
  keptRepositories,
  sampleFlags,
  sampleMilestones,
} from './sample.mjs';

const usage =
  'Usage: npm start [-- --port <number>] [--no-sample | --sample] [--verbose]   (or: yarn start …)';

/** `npm start`: from whatever state the checkout is in to a running portal. */
export async function main(args = process.argv.slice(2)) {
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await start(args);
  } catch (error) {
    console.error(`\n${describeError(error)}`);
    process.exitCode = error.exitCode ?? 1;
  }
}

async function start(args) {
  const started = Date.now();
  const options = parseArguments(args, {
    flags: ['verbose', ...sampleFlags],
    values: ['port'],
    usage,
  });
  const dataDir = dataDirectory();
  const { port, previous } = choosePort({
    option: options.port,
    env: process.env,
    dataDir,
  });

  checkGit();
  const lock = lockData(dataDir, { port });
  const interruption = interruptible();
  try {
    await requirePort(port, previous);
    const sample = chooseSample({ options, dataDir });
    const { node } = await prepare();
    if (interruption.signal) {
      return stopped();
    }

    const portal = runBackend({ node, dataDir, port, sample, lock });
    interruption.forwardTo(portal);
    const telling = new AbortController();
    const stopFollowing = options.verbose
      ? followLog(portal.logFile, chunk => process.stdout.write(chunk))
      : () => {};
    try {
      const ready = await untilReady(portal, {
        port,
        verbose: options.verbose,
        expected: sample.on ? sampleMilestones(dataDir) : [],
      });
      if (ready) {
        rememberPort(dataDir, port);
        announce({
          ready,
          started,
          port,
          previous,
          dataDir,
          sample,
          portal,
        });
      }
      if (ready && sample.on) {
        tellSampleYear({
          url: `http://127.0.0.1:${port}`,
          dataDir,
          signal: telling.signal,
        });
      }
      return await untilExit(portal, interruption);
    } finally {
      telling.abort();
      stopFollowing();
    }
  } catch (error) {
    if (interruption.signal) {
      return stopped();
    }
    throw error;
  } finally {
    interruption.dispose();
    lock.release();
  }
}

function stopped() {
  console.log('Stopped.');
  return 130;
}

async function requirePort(port, previous) {
  const error = await probePort(port);
  if (!error) {
    return;
  }
  const choose = [
    `Choose another port: npm start -- --port ${port + 1}   (or: PORT=${
      port + 1
    } npm start)`,
    'It is kept for the next starts.',
  ];
  if (error.code === 'EACCES') {
    throw new UserError(`Port ${port} may not be used by this user.`, choose);
  }
  const holder = portHolder(port);
  throw new UserError(
    `Port ${port} is taken${holder ? ` by ${holder}` : ' by another program'}.`,
    [
      `Stop ${holder ? 'it' : 'that program'} and start again, or:`,
      ...choose,
      ...(previous === port
        ? [
            `The repositories made so far name port ${port} in their addresses; it is better kept.`,
          ]
        : []),
    ],
    { cause: error },
  );
}

function runBackend({ node, dataDir, port, sample, lock }) {
  const { child, logFile } = spawnBackend({
    node,
    dataDir,
    port,
    sample: sample.on,
  });
  const portal = { child, logFile, exit: undefined };
  portal.exited = new Promise(resolve => {
    child.once('error', error => resolve((portal.exit = { error })));
    child.once('exit', (code, signal) =>
      resolve((portal.exit = { code, signal })),
    );
  });
  if (child.pid) {
    lock.setChild(child.pid);
  }
  return portal;
}

/** Waits for the filled catalog; undefined when the backend ends before. */
async function untilReady(portal, { port, verbose, expected }) {
  const timeoutMs = (Number(process.env.WAYMARK_START_TIMEOUT) || 180) * 1000;
  const wait = detail =>
    waitUntilReady({
      // By address: the name may lead to IPv6 first on an older Node
      url: `http://127.0.0.1:${port}`,
      timeoutMs,
      expected,
      onProgress: detail,
      check() {
        if (portal.exit) {
          throw new EndedEarly();
        }
      },
    });
  try {
    return verbose ? await wait(() => {}) : await step('Starting', wait);
  } catch (error) {
    if (error instanceof EndedEarly) {
      return undefined;
    }
    portal.child.kill('SIGTERM');
    await Promise.race([
      portal.exited,
      new Promise(resolve => setTimeout(resolve, 5000).unref()),
    ]);
    portal.child.kill('SIGKILL');
    throw new UserError(
      `The portal did not come up: ${error.message}.`,
      [
        `The end of its log, ${portal.logFile}:`,
        '',
        ...lastLines(portal.logFile, 30),
      ],
      { cause: error },
    );
  }
}

class EndedEarly extends Error {}

function announce({ ready, started, port, previous, dataDir, sample, portal }) {
  const relative = file => path.relative(process.cwd(), file) || '.';
  const lines = [
    '',
    `Waymark is ready: http://localhost:${port}`,
    '',
    `  ${ready.entities} entities in the catalog, up in ${formatDuration(
      Date.now() - started,
    )}`,
    `  Sample      ${describeSample(sample)}`,
    `  Data        ${relative(dataDir)}`,
    `  Log         ${relative(portal.logFile)}`,
    `  Git pushes  user waymark, password in ${relative(
      forgePasswordFile(dataDir),
    )}`,
    '  Stop        Ctrl-C',
  ];
  if (previous && previous !== port) {
    lines.push(
      '',
      `  The port was ${previous} before. The catalog follows to ${port}; addresses written`,
      `  inside repositories keep naming ${previous}. Port ${port} is kept from now on.`,
    );
  }
  const kept = sample.changed && !sample.on ? keptRepositories(dataDir) : [];
  if (kept.length > 0) {
    lines.push(
      '',
      '  The sample has left, but for these repositories, which were changed:',
      ...kept.map(name => `    ${name}`),
    );
  }
  if (existsSync(path.join(root, 'app-config.local.yaml'))) {
    lines.push('', '  Your app-config.local.yaml is in use.');
  }
  console.log(`${lines.join('\n')}\n`);
}

async function untilExit(portal, interruption) {
  const bounding = setInterval(() => boundLog(portal.logFile), 60_000);
  const { code, signal, error } = await portal.exited;
  clearInterval(bounding);
  if (interruption.signal) {
    console.log('Waymark has stopped.');
    return code ?? 0;
  }
  const reason =
    error?.message ?? (signal ? `signal ${signal}` : `exit code ${code}`);
  throw Object.assign(
    new UserError(`The backend has ended by itself: ${reason}.`, [
      `The end of its log, ${portal.logFile}:`,
      '',
      ...lastLines(portal.logFile, 30),
    ]),
    { exitCode: code || 1 },
  );
}

/** Passes Ctrl-C and the like on to whatever runs at the moment. */
function interruptible() {
  const state = { signal: undefined };
  let portal;
  let first;
  const handle = signal => {
    first ??= Date.now();
    // npm passes on the Ctrl-C that the terminal has sent already
    const again = Date.now() - first > 1000;
    state.signal = signal;
    if (portal) {
      portal.child.kill(again ? 'SIGKILL' : 'SIGTERM');
    } else {
      stopChildren('SIGTERM');
      if (again) {
        process.exit(130);
      }
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, handle);
  }
  // npm ends its shell, which ends without a word to us
  const parent = process.ppid;
  const following = process.env.npm_lifecycle_event
    ? setInterval(() => {
        if (process.ppid !== parent && !state.signal) {
          handle('SIGTERM');
        }
      }, 500)
    : undefined;
  following?.unref();
  return Object.assign(state, {
    forwardTo(started) {
      portal = started;
    },
    dispose() {
      clearInterval(following);
      for (const signal of signals) {
        process.off(signal, handle);
      }
    },
  });
}
