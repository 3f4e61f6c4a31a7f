import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { logFile } from './postgres/cluster.mjs';
import { temporaryFolder } from './postgres/folders.mjs';

const keeper = fileURLToPath(new URL('./postgres/keeper.mjs', import.meta.url));

/**
 * Starts a PostgreSQL server for tests, benchmarks and trying out, on the
 * loopback address. Types and meaning: postgres.d.mts.
 */
export async function startPostgres(options = {}) {
  const { port, durable = false } = options;
  const dataDir = options.dataDir
    ? path.resolve(options.dataDir)
    : temporaryFolder();
  const temporary = !options.dataDir;

  const child = spawn(
    process.execPath,
    [
      keeper,
      JSON.stringify({
        dataDir,
        port,
        temporary,
        careless: !durable,
      }),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
      env: { ...process.env, NODE_OPTIONS: undefined },
    },
  );
  const exited = new Promise(resolve => child.once('close', resolve));
  child.stdin.on('error', () => {});

  const ready = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      const [line, ...rest] = output.split('\n');
      if (rest.length > 0) {
        resolve(JSON.parse(line));
      }
    });
    child.once('error', reject);
    child.once('close', code =>
      reject(new Error(`The keeper of PostgreSQL ended with ${code}`)),
    );
  });
  if (ready.error) {
    await exited;
    throw new Error(ready.error);
  }
  // What it holds open does not keep this process from ending
  for (const handle of [child, child.stdin, child.stdout]) {
    handle.unref();
  }

  const connection = {
    host: '127.0.0.1',
    port: ready.port,
    user: 'postgres',
    password: ready.password,
  };
  return {
    connection,
    url: `postgresql://postgres:${ready.password}@127.0.0.1:${ready.port}`,
    dataDir,
    logFile: logFile(dataDir),
    pid: ready.pid,

    async stop() {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}
