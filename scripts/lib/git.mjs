import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs Git apart from the machine's own settings; never blocks this process,
 * so that a portal it waits for goes on being served.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, credentials?: { username: string, password: string } }} [options]
 * @returns {Promise<string>} what it printed
 */
export async function git(args, { cwd, credentials } = {}) {
  const settings = {
    'user.name': 'Waymark',
    'user.email': 'waymark@localhost',
    'commit.gpgsign': 'false',
    'gc.auto': '0',
  };
  if (credentials) {
    const { username, password } = credentials;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    // By environment: arguments can be read by every user of the machine
    settings['http.extraHeader'] = `Authorization: Basic ${basic}`;
  }
  const env = {
    ...process.env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(Object.keys(settings).length),
  };
  Object.entries(settings).forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  const { stdout } = await execute('git', args, {
    cwd,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim();
}
