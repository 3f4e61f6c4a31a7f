import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArguments } from './arguments.mjs';
import { configFiles, lockData, portalEnvironment } from './backend.mjs';
import { describeError, UserError } from './errors.mjs';
import { checkGit, portHolder } from './machine.mjs';
import { dataDirectory, root } from './paths.mjs';
import { choosePort, probePort } from './ports.mjs';
import { prepare } from './prepare.mjs';
import { waitUntilReady } from './readiness.mjs';
import { tellSampleYear } from './sample-year.mjs';
import { chooseSample, describeSample, sampleFlags } from './sample.mjs';
import { toolEnvironment } from './toolchain.mjs';

const usage =
  'Usage: npm run dev [-- --port <backend port>] [--no-sample | --sample]   (or: yarn dev …)';

// The development server of the frontend, with hot reload
const frontendPort = 3000;

/** `yarn dev`: frontend and backend from source, watched, on the same data. */
export async function main(args = process.argv.slice(2)) {
  try {
    process.exitCode = await dev(args);
  } catch (error) {
    console.error(`\n${describeError(error)}`);
    process.exitCode = 1;
  }
}

async function dev(args) {
  const options = parseArguments(args, {
    flags: sampleFlags,
    values: ['port'],
    usage,
  });
  const dataDir = dataDirectory();
  const { port } = choosePort({
    option: options.port,
    env: process.env,
    dataDir,
  });

  checkGit();
  const lock = lockData(dataDir, { port });
  try {
    for (const needed of [port, frontendPort]) {
      if (await probePort(needed)) {
        throw new UserError(
          `Port ${needed} is taken by ${
            portHolder(needed) ?? 'another program'
          }.`,
          needed === frontendPort
            ? ['The frontend of the watch mode needs it.']
            : [`Choose another for the backend: yarn dev --port ${needed + 1}`],
        );
      }
    }
    const sample = chooseSample({ options, dataDir });
    const { node } = await prepare({ frontend: false });
    console.log(`Sample organisation: ${describeSample(sample)}`);
    const frontendUrl = `http://localhost:${frontendPort}`;
    const child = spawn(
      node,
      [
        path.join(
          root,
          'node_modules',
          '@backstage',
          'cli',
          'bin',
          'backstage-cli',
        ),
        'repo',
        'start',
        ...configFiles({ sample: sample.on }).flatMap(file => [
          '--config',
          file,
        ]),
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          ...toolEnvironment(
            node,
            portalEnvironment({ dataDir, port, env: { NO_COLOR: undefined } }),
          ),
          // The page comes from the development server, the API from the backend
          APP_CONFIG_app_baseUrl: JSON.stringify(frontendUrl),
          APP_CONFIG_backend_cors_origin: JSON.stringify(frontendUrl),
          APP_CONFIG_backend_cors_credentials: 'true',
        },
      },
    );
    lock.setChild(child.pid);
    const ended = new AbortController();
    if (sample.on) {
      const { signal } = ended;
      const url = `http://127.0.0.1:${port}`;
      waitUntilReady({
        url,
        timeoutMs: 180_000,
        frontend: false,
        check: () => signal.throwIfAborted(),
      }).then(
        () => tellSampleYear({ url, dataDir, signal }),
        // Whoever changes the code sees for themselves that it does not start
        () => {},
      );
    }
    return await new Promise((resolve, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => child.kill(signal));
      }
      child.once('error', reject);
      child.once('exit', code => resolve(code ?? 130));
    }).finally(() => ended.abort());
  } finally {
    lock.release();
  }
}
