import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';

const keptOutput = 256 * 1024;
const children = new Set();

/** Ends what is still running when this process is told to end. */
export function stopChildren(signal) {
  for (const child of children) {
    child.kill(signal);
  }
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env]
 * @param {boolean} [options.shell]
 * @param {string} [options.logFile] gets the whole output
 * @param {boolean} [options.show] pass the output on to the terminal as well
 * @param {(line: string) => void} [options.onLine]
 * @returns {Promise<{ code: number, output: string, logFile?: string }>}
 *   `output` is the end of what it said, on both channels
 */
export async function run(command, args, options = {}) {
  const { cwd, env, shell = false, logFile, show = false, onLine } = options;
  let log;
  if (logFile) {
    mkdirSync(path.dirname(logFile), { recursive: true });
    log = createWriteStream(logFile, { mode: 0o600 });
  }
  let output = '';
  let rest = '';
  const take = chunk => {
    log?.write(chunk);
    if (show) {
      process.stdout.write(chunk);
    }
    const text = chunk.toString('utf8');
    output = (output + text).slice(-keptOutput);
    if (onLine) {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        onLine(line);
      }
    }
  };

  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd,
        env,
        shell,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.add(child);
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('error', reject);
      child.once('close', (exitCode, signal) => {
        children.delete(child);
        resolve(exitCode ?? (signal ? 128 : 1));
      });
    });
    return { code, output, logFile };
  } finally {
    if (log) {
      await new Promise(resolve => log.end(resolve));
    }
  }
}
