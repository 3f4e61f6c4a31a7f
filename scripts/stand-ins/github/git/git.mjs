import { spawn } from 'node:child_process';

/** Git apart from the machine's own settings. */
export function gitEnvironment(extra = {}) {
  const settings = {
    'safe.directory': '*',
    'gc.auto': '0',
    'core.quotePath': 'false',
    'http.receivepack': 'true',
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    'merge.renames': 'true',
    'diff.renames': 'true',
    'user.name': 'GitHub',
    'user.email': 'noreply@github.com',
  };
  const environment = {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_CONFIG_COUNT: String(Object.keys(settings).length),
    ...extra,
  };
  Object.entries(settings).forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}

/** Git ended with something else than success. */
export class GitError extends Error {
  constructor(args, code, stderr, stdout) {
    super(`git ${args[0]} ended with ${code}: ${stderr.trim()}`);
    this.name = 'GitError';
    this.code = code;
    this.stdout = stdout;
  }
}

/**
 * @param {string} directory of the bare repository
 * @param {string[]} args
 * @param {{ input?: string | Buffer, env?: Record<string, string> }} [options]
 * @returns {Promise<Buffer>} what it printed
 */
export function runGit(directory, args, { input, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], {
      env: gitEnvironment(env),
    });
    const out = [];
    const err = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => err.push(chunk));
    child.stdin.on('error', () => {});
    child.once('error', reject);
    child.once('close', code => {
      const stdout = Buffer.concat(out);
      if (code === 0) {
        resolve(stdout);
      } else {
        const stderr = Buffer.concat(err).toString();
        reject(new GitError(args, code, stderr, stdout.toString()));
      }
    });
    child.stdin.end(input);
  });
}

/** The same as text without the last line break. */
export async function gitText(directory, args, options) {
  return (await runGit(directory, args, options)).toString().trimEnd();
}

/** The same, undefined when Git refuses. */
export async function gitTry(directory, args, options) {
  try {
    return await gitText(directory, args, options);
  } catch (error) {
    if (error instanceof GitError) {
      return undefined;
    }
    throw error;
  }
}
