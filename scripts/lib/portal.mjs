import { setDefaultResultOrder } from 'node:dns';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lockData, spawnBackend } from './backend.mjs';
import { forgePassword } from './forge-password.mjs';
import { lastLines } from './logs.mjs';
import { frontendDir } from './paths.mjs';
import { freePort } from './ports.mjs';
import { residentMemory } from './processes.mjs';
import { guestToken, waitUntilReady } from './readiness.mjs';
import { sendSampleYear } from './sample-year.mjs';
import { sampleMilestones } from './sample.mjs';
import { findNode } from './toolchain.mjs';

// The portal listens on IPv4, and Node 18 tries nothing but the first address
setDefaultResultOrder('ipv4first');

const finalStates = ['completed', 'failed', 'cancelled', 'skipped'];
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Starts a portal of its own for tests, benchmarks and fault tests: the same
 * backend that `npm start` runs, on a free port and a temporary data folder
 * unless told otherwise. Types and meaning: portal.d.mts.
 */
export async function startPortal(options = {}) {
  const {
    env,
    sample = true,
    sampleYear = false,
    configs,
    frontend = true,
    runner = false,
    timeoutMs = 300_000,
  } = options;
  if (frontend && !existsSync(path.join(frontendDir, 'index.html'))) {
    throw new Error(
      'The frontend is not built: run "yarn workspace app build" first',
    );
  }
  const temporary = !options.dataDir;
  const dataDir = options.dataDir
    ? path.resolve(options.dataDir)
    : mkdtempSync(path.join(os.tmpdir(), 'waymark-'));
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;

  const lock = lockData(dataDir, { port });
  const started = Date.now();
  const { child, logFile } = spawnBackend({
    node: findNode(),
    dataDir,
    port,
    env: { WAYMARK_FORGE_RUNNER: String(runner), ...env },
    sample,
    configs,
  });
  lock.setChild(child.pid);

  let exit;
  const exited = new Promise(resolve => {
    child.once('error', error => {
      exit = { error };
      resolve();
    });
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      lock.release();
      resolve();
    });
  });
  const log = (lines = 40) => lastLines(logFile, lines).join('\n');

  const terminate = async () => {
    if (!exit) {
      child.kill('SIGTERM');
    }
    const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(impatience);
  };

  const stop = async () => {
    await terminate();
    if (temporary) {
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  };

  try {
    await waitUntilReady({
      url,
      timeoutMs,
      frontend,
      expected: sample ? sampleMilestones(dataDir) : [],
      check() {
        if (exit) {
          throw new ExitedError(exit);
        }
      },
    });
    if (sampleYear) {
      await sendSampleYear({ url, dataDir });
    }
  } catch (error) {
    const lines = log();
    await stop();
    throw new Error(`The portal did not start: ${error.message}\n${lines}`);
  }

  let token;
  const authorizedFetch = async (target, init = {}) => {
    for (let attempt = 0; ; attempt++) {
      token ??= await guestToken(url);
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      const response = await fetch(new URL(target, url), { ...init, headers });
      if (response.status !== 401 || attempt > 0) {
        return response;
      }
      // Expired: once more with a fresh one
      token = undefined;
    }
  };

  const json = async (target, init) => {
    const response = await authorizedFetch(target, init);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `${init?.method ?? 'GET'} ${target} answers ${
          response.status
        }: ${text}`,
      );
    }
    return text ? JSON.parse(text) : undefined;
  };

  const task = async id => {
    const [{ status, spec }, events] = await Promise.all([
      json(`/api/scaffolder/v2/tasks/${id}`),
      json(`/api/scaffolder/v2/tasks/${id}/events`),
    ]);
    const completion = events
      .filter(event => event.type === 'completion')
      .pop();
    return {
      id,
      status,
      spec,
      events,
      output: completion?.body.output,
      error: completion?.body.error,
    };
  };

  return {
    url,
    port,
    dataDir,
    logFile,
    pid: child.pid,
    forgePassword: forgePassword(dataDir),
    readyMs: Date.now() - started,
    fetch: authorizedFetch,
    json,
    log,
    memory: () => residentMemory(child.pid),

    async runTemplate({ template = 'template:default/node-api', values }) {
      const [, name] = template.split('/');
      const target = `/api/catalog/entities/by-name/template/default/${name}`;
      // The catalog of a portal that has just started may still be reading it
      for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
        if ((await authorizedFetch(target)).ok) {
          break;
        }
        await sleep(200);
      }
      const { id } = await json('/api/scaffolder/v2/tasks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ templateRef: template, values }),
      });
      return id;
    },

    task,

    async waitForTask(id, { timeoutMs: limit = 60_000, pollMs = 50 } = {}) {
      const until = Date.now() + limit;
      for (;;) {
        const { status } = await json(`/api/scaffolder/v2/tasks/${id}`);
        if (finalStates.includes(status)) {
          return task(id);
        }
        if (Date.now() > until) {
          const { events } = await task(id);
          const last = events.map(event => event.body.message).join('\n');
          throw new Error(
            `Run ${id} is still ${status} after ${limit} ms\n${last}`,
          );
        }
        await sleep(pollMs);
      }
    },

    stop,

    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

class ExitedError extends Error {
  constructor({ code, signal, error }) {
    super(error ? error.message : `the backend exited with ${signal ?? code}`);
  }
}
