import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArguments } from './arguments.mjs';
import { lockData } from './backend.mjs';
import { describeError, UserError } from './errors.mjs';
import { dataDirectory, root } from './paths.mjs';

const usage = 'Usage: npm run reset [-- --yes]   (or: yarn reset [--yes])';

// What makes a folder ours; anything else may be a mistyped WAYMARK_DATA_DIR
const ownContent = ['db', 'repositories', 'secrets', 'port'];

/** Deletes the data of the local portal, after asking. */
export async function main(args = process.argv.slice(2)) {
  try {
    process.exitCode = await reset(args);
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

async function reset(args) {
  const { yes } = parseArguments(args, { flags: ['yes'], usage });
  const dataDir = dataDirectory();
  if (!existsSync(dataDir)) {
    console.log(`Nothing to reset: ${dataDir} does not exist.`);
    return 0;
  }
  if (
    path.relative(dataDir, root) === '' ||
    !path.relative(dataDir, root).startsWith('..') ||
    !ownContent.some(name => existsSync(path.join(dataDir, name)))
  ) {
    throw new UserError(`${dataDir} does not look like the portal's data.`, [
      'Nothing was deleted.',
    ]);
  }

  // Also keeps a portal from starting while we ask
  const lock = lockData(dataDir);
  try {
    if (!yes && !(await confirmed(dataDir))) {
      console.log('Nothing was deleted.');
      return 1;
    }
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  } finally {
    lock.release();
  }
  console.log('The data is gone. The next start begins afresh.');
  return 0;
}

async function confirmed(dataDir) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UserError('Nobody is there to ask, so nothing was deleted.', [
      'In a script, say it with --yes: npm run reset -- --yes',
    ]);
  }
  console.log(
    [
      `This deletes ${dataDir} for good:`,
      '  every repository of the embedded forge, with all that was pushed to it,',
      '  the runs of the golden paths, user settings, notifications, secrets and logs.',
    ].join('\n'),
  );
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  try {
    const answer = await Promise.race([
      terminal.question('Type yes to go on: '),
      // Ctrl-C or Ctrl-D
      new Promise(resolve => terminal.once('close', () => resolve('no'))),
    ]);
    return answer.trim() === 'yes';
  } finally {
    terminal.close();
  }
}
