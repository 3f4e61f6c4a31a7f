import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  dependenciesFingerprint,
  frontendFingerprint,
} from './fingerprint.mjs';
import { acquireLock } from './lock.mjs';
import { checkDiskSpace } from './machine.mjs';
import { networkAdvice, networkSettings } from './npm.mjs';
import { UserError } from './errors.mjs';
import { frontendDir, root, toolsDir } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import {
  findNode,
  findYarn,
  needsToolchain,
  provideToolchain,
  toolEnvironment,
} from './toolchain.mjs';

const installStamp = path.join(toolsDir, 'installed');
const frontendStamp = path.join(toolsDir, 'frontend');

// Dependencies 2.0 GB, the download cache 1.3 GB, Node 0.2 GB, some room
const firstTimeMegabytes = 4 * 1024;
const laterMegabytes = 200;

function hasStamp(file, fingerprint) {
  return existsSync(file) && readFileSync(file, 'utf8') === fingerprint;
}

const needsInstall = () =>
  !hasStamp(installStamp, dependenciesFingerprint()) ||
  // Yarn writes it last
  !existsSync(path.join(root, 'node_modules', '.yarn-state.yml'));

const needsFrontend = () =>
  !hasStamp(frontendStamp, frontendFingerprint()) ||
  !existsSync(path.join(frontendDir, 'index.html'));

/**
 * Everything between a fresh clone and a portal that can start: Node, Yarn,
 * dependencies and the built frontend. What is there already is left alone,
 * and then nothing needs the network.
 *
 * @param {{ frontend?: boolean, quiet?: boolean, env?: Record<string, string | undefined> }} options
 * @returns {Promise<{ node: string, yarn: string }>}
 */
export async function prepare({
  frontend = true,
  quiet = false,
  env = process.env,
} = {}) {
  // Inside a step of somebody else
  const show = quiet ? (_title, work) => work(() => {}) : step;
  const pending = () =>
    needsToolchain() || needsInstall() || (frontend && needsFrontend());
  const minimum = Number(env.WAYMARK_MIN_FREE_MB);
  if (!pending()) {
    checkDiskSpace(root, minimum || laterMegabytes);
    return { node: findNode(), yarn: findYarn() };
  }

  const lock = await waitForLock();
  try {
    const first = !existsSync(path.join(root, 'node_modules'));
    checkDiskSpace(
      root,
      minimum || (first ? firstTimeMegabytes : laterMegabytes),
    );
    const tools = needsToolchain()
      ? await show('Fetching Node and Yarn', provideToolchain)
      : { node: findNode(), yarn: findYarn() };
    if (needsInstall()) {
      await show(
        first
          ? 'Installing the dependencies, once'
          : 'Installing the dependencies',
        detail => install(tools, detail),
      );
    }
    if (frontend && needsFrontend()) {
      await show('Building the frontend', () => buildFrontend(tools));
    }
    return tools;
  } finally {
    lock.release();
  }
}

async function waitForLock() {
  const file = path.join(toolsDir, 'setup.lock');
  let lock = acquireLock(file);
  if (lock.holder) {
    await step(
      `Waiting for another setup in this checkout (process ${lock.holder.owner?.pid})`,
      async () => {
        while (lock.holder) {
          await new Promise(resolve => setTimeout(resolve, 500));
          lock = acquireLock(file);
        }
      },
    );
  }
  return lock;
}

function stamp(file, fingerprint) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, fingerprint);
}

async function install({ node, yarn }, detail) {
  // Gone until it is done: an install cut off in the middle starts again
  rmSync(installStamp, { force: true });
  let packages = 0;
  const result = await run(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env: {
      ...toolEnvironment(node),
      ...networkSettings(),
      NODE_ENV: undefined,
      // Also on a build server, where each package would be a line
      YARN_ENABLE_PROGRESS_BARS: 'false',
      YARN_ENABLE_INLINE_BUILDS: 'false',
    },
    logFile: path.join(toolsDir, 'logs', 'install.log'),
    onLine(line) {
      const phase = line.match(/┌ (.+) step/)?.[1];
      if (phase) {
        detail(`${phase.toLowerCase()}`);
      } else if (/YN0013/.test(line)) {
        packages += 1;
        detail(`${packages} packages fetched`);
      }
    },
  });
  if (result.code !== 0) {
    throw /YN0028/.test(result.output)
      ? new UserError('yarn.lock does not fit the package.json files.', [
          'After a change of dependencies, run "yarn install" and keep the changed yarn.lock.',
          `The whole output: ${result.logFile}`,
        ])
      : networkAdvice('The dependencies could not be installed', result);
  }
  stamp(installStamp, dependenciesFingerprint());
}

const buildFrontend = tools =>
  buildWorkspace(tools, {
    workspace: 'app',
    problem: 'The frontend could not be built',
    logFile: path.join(toolsDir, 'logs', 'frontend.log'),
  });

/**
 * Builds the frontend, or the backend and with it the frontend. What was built is
 * remembered, so that nobody builds the same again.
 *
 * @param {{ node: string, yarn: string }} tools
 * @param {{ workspace: 'app' | 'backend', problem: string, logFile: string }} options
 */
export async function buildWorkspace(
  { node, yarn },
  { workspace, problem, logFile },
) {
  rmSync(frontendStamp, { force: true });
  const fingerprint = frontendFingerprint();
  const result = await run(node, [yarn, 'workspace', workspace, 'build'], {
    cwd: root,
    env: {
      ...toolEnvironment(node),
      NODE_ENV: undefined,
      WAYMARK_PORT: undefined,
      WAYMARK_DATA_DIR: undefined,
    },
    logFile,
  });
  if (result.code !== 0) {
    throw new UserError(`${problem} (exit code ${result.code}).`, [
      `The whole output: ${result.logFile}`,
      '',
      ...result.output.trim().split('\n').slice(-30),
    ]);
  }
  stamp(frontendStamp, fingerprint);
}
