import { spawn } from 'node:child_process';
import { describeError } from '../errors.mjs';
import { startPostgres } from '../postgres.mjs';

/** What the tests of Backstage plugins look for. */
export const testDatabaseVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** `node scripts/postgres.mjs [command …]` */
export async function main([command, ...args] = process.argv.slice(2)) {
  try {
    process.exitCode = await withPostgres(command, args);
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

async function withPostgres(command, args) {
  const postgres = await startPostgres();
  const interrupted = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve(130));
    }
  });
  try {
    if (!command) {
      console.log(`${testDatabaseVariable}=${postgres.url}`);
      // Nothing else keeps this process
      const waiting = setInterval(() => {}, 60_000);
      const code = await interrupted;
      clearInterval(waiting);
      return code;
    }
    // Ctrl-C reaches the command by itself
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        stdio: 'inherit',
        shell: process.platform === 'win32',
        env: { ...process.env, [testDatabaseVariable]: postgres.url },
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
    });
  } finally {
    await postgres.stop();
  }
}
