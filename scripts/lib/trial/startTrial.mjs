import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { lastLines } from '../logs.mjs';
import { root } from '../paths.mjs';
import { freePort } from '../ports.mjs';
import { findNode } from '../toolchain.mjs';

const entry = fileURLToPath(new URL('./backend.cjs', import.meta.url));
const PATIENCE_MS = 120_000;
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Starts a backend with one plugin for benchmarks and fault tests, see backend.cjs.
 *
 * @param {object} options
 * @param {'scorecards' | 'golden-paths'} options.plugin
 * @param {string} options.name of its log and its configuration
 * @param {string} options.directory for them
 * @param {object} options.database `backend.database` of the configuration
 * @param {object} [options.config] what else is in it
 */
export async function startTrial({
  plugin,
  name,
  directory,
  database,
  config,
}) {
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configFile = path.join(directory, `${name}.yaml`);
  const logFile = path.join(directory, `${name}.log`);
  writeFileSync(
    configFile,
    stringify(configuration({ url, port, database, directory, config })),
  );

  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    findNode(),
    [
      '--expose-gc',
      '--require',
      path.join(root, 'scripts/lib/follow-parent.cjs'),
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      entry,
      '--config',
      configFile,
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        WAYMARK_TRIAL_PLUGIN: plugin,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
      },
      stdio: ['ignore', log, log, 'ipc'],
      detached: process.platform !== 'win32',
    },
  );
  closeSync(log);

  let exit;
  const exited = new Promise(resolve => {
    child.once('exit', (code, signal) => resolve((exit = { code, signal })));
  });
  const waiting = new Map();
  let count = 0;
  child.on('message', ({ id, value, error }) => {
    const answered = waiting.get(id);
    waiting.delete(id);
    if (error) {
      answered?.reject(new Error(error));
    } else {
      // Backstage itself sends messages, too
      answered?.resolve(value);
    }
  });
  exited.then(() => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`${name} has ended`));
    }
  });

  const backend = {
    name,
    url,
    pid: child.pid,
    logFile,

    /** See `answers` in backend.cjs. */
    ask(what, value) {
      return new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        child.send({ id, ask: what, value }, error => error && reject(error));
      });
    },

    /** The token of a User in the catalog; undefined as long as there is none. */
    async signIn(user) {
      const response = await fetch(`${url}/api/auth/header/refresh`, {
        headers: { 'x-test-name': user },
        signal: AbortSignal.timeout(10_000),
      });
      const { backstageIdentity } = await response.json();
      return response.ok ? backstageIdentity.token : undefined;
    },

    /** In bytes: the most it ever held, or since the last `forgetPeak`. */
    peakMemory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(status.match(/^VmHWM:\s+(\d+) kB/m)[1]) * 1024;
    },
    forgetPeak() {
      writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
    },

    log: (lines = 40) => lastLines(logFile, lines).join('\n'),

    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      if (!exit) {
        child.kill('SIGTERM');
      }
      const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await exited;
      clearTimeout(impatience);
    },
  };

  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(`${url}/.backstage/health/v1/readiness`).catch(
      () => undefined,
    );
    if (response?.ok) {
      return backend;
    }
    if (exit || Date.now() > end) {
      await backend.stop();
      throw new Error(`${name} did not start:\n${backend.log()}`);
    }
    await sleep(100);
  }
}

function configuration({ url, port, database, directory, config = {} }) {
  return {
    ...config,
    app: { baseUrl: url },
    backend: {
      ...config.backend,
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database,
      workingDirectory: directory,
    },
    auth: { environment: 'production', providers: { header: {} } },
    catalog: {
      rules: [
        {
          allow: [
            'Component',
            'Domain',
            'Group',
            'Scorecard',
            'System',
            'User',
          ],
        },
      ],
      processingInterval: { hours: 24 },
      stitchingStrategy: { pollingInterval: { milliseconds: 500 } },
      ...config.catalog,
    },
  };
}
