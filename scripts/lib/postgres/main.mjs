import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
import { parseArguments } from '../arguments.mjs';
import { describeError } from '../errors.mjs';
import { parsePort } from '../ports.mjs';
import { startPostgres } from '../postgres.mjs';

/** What the tests of Backstage plugins look for. */
export const testDatabaseVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const usage =
  'Usage: node scripts/postgres.mjs [--data <folder>] [--port <number>] [command …]';

/** See `usage`; without a command it runs until Ctrl-C or the end of its input. */
export async function main(args = process.argv.slice(2)) {
  try {
    const own = args.findIndex(
      (arg, index) =>
        !arg.startsWith('--') && !/^--(data|port)$/.test(args[index - 1]),
    );
    const split = own < 0 ? args.length : own;
    const options = parseArguments(args.slice(0, split), {
      values: ['data', 'port'],
      usage,
    });
    const [command, ...rest] = args.slice(split);
    process.exitCode = await withPostgres(
      {
        dataDir: options.data,
        port: options.port && parsePort(options.port, '--port'),
      },
      command,
      rest,
    );
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

async function withPostgres(options, command, args) {
  const postgres = await startPostgres(options);
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
      const ended = new Promise(resolve => {
        // A terminal or a pipe; what runs in the background often has neither
        if (process.stdin.isTTY || statIsPipe(0)) {
          process.stdin.on('end', () => resolve(0)).resume();
        }
      });
      const code = await Promise.race([interrupted, ended]);
      clearInterval(waiting);
      process.stdin.pause();
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

const statIsPipe = descriptor => {
  const stat = fstatSync(descriptor);
  return stat.isFIFO() || stat.isSocket();
};
