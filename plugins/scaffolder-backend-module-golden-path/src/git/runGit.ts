import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The first Git that takes configuration from its environment. */
const MINIMUM = [2, 31];

/** Long enough for a large first push over a slow line. */
const TIMEOUT_MS = 5 * 60 * 1000;

const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

/** What of the backend's own environment Git needs to reach a host. */
const PASSED_ON = [
  'PATH',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

/**
 * A Git command that ended with an error, or did not end in time.
 *
 * @internal
 */
export class GitError extends Error {
  constructor(
    command: string,
    readonly stderr: string,
    reason: string,
    /** What it wrote before it ended, and how it ended. */
    readonly stdout: string = '',
    readonly exitCode?: number,
  ) {
    super(`git ${command} failed: ${stderr.trim().slice(-500) || reason}`);
    this.name = 'GitError';
  }
}

let checked: Promise<void> | undefined;

/**
 * Runs Git without a shell, without anybody's configuration, and without a
 * prompt. A credential travels in the environment of that one process: it is in
 * no argument, no file and no message.
 *
 * @returns what Git wrote to its standard output
 * @throws GitError
 * @internal
 */
export async function runGit(options: {
  gitDir: string;
  args: string[];
  authorization?: string;
  input?: Iterable<Buffer> | AsyncIterable<Buffer>;
  /** `latin1`: a character for each byte. */
  encoding?: 'utf8' | 'latin1';
  maxOutputBytes?: number;
  signal?: AbortSignal;
}): Promise<string> {
  checked ??= checkVersion().catch(error => {
    checked = undefined;
    throw error;
  });
  await checked;
  return run(options);
}

async function run(options: {
  gitDir?: string;
  args: string[];
  authorization?: string;
  input?: Iterable<Buffer> | AsyncIterable<Buffer>;
  encoding?: 'utf8' | 'latin1';
  maxOutputBytes?: number;
  signal?: AbortSignal;
}): Promise<string> {
  const { gitDir, args, authorization, input, signal } = options;

  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      {
        env: environment(gitDir, authorization),
        timeout: TIMEOUT_MS,
        encoding: options.encoding ?? 'utf8',
        maxBuffer: options.maxOutputBytes ?? MAX_OUTPUT_BYTES,
        signal,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (!error) {
          resolve(stdout);
        } else if (error.code === 'ENOENT') {
          reject(
            new GitError(
              args[0],
              '',
              'there is no git on the PATH; install it',
            ),
          );
        } else {
          reject(
            new GitError(
              args[0],
              stderr,
              reasonOf(error, signal),
              stdout,
              typeof error.code === 'number' ? error.code : undefined,
            ),
          );
        }
      },
    );
    if (child.stdin) {
      // A Git that ends early breaks the pipe; its own message says why
      pipeline(Readable.from(input ?? []), child.stdin).catch(error => {
        if (error.code !== 'EPIPE') {
          child.kill();
          reject(error);
        }
      });
    }
  });
}

function reasonOf(
  error: Error & { killed?: boolean; code?: unknown },
  signal: AbortSignal | undefined,
): string {
  if (signal?.aborted) {
    return 'it was cancelled';
  }
  return error.killed
    ? `it took longer than ${TIMEOUT_MS / 1000} seconds`
    : `it ended with ${error.code}`;
}

function environment(
  gitDir: string | undefined,
  authorization: string | undefined,
): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    // A redirect could carry the credential elsewhere
    ['http.followRedirects', 'false'],
    ['core.autocrlf', 'false'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
  ];
  if (authorization) {
    settings.push(['http.extraHeader', `Authorization: ${authorization}`]);
    // Ask nobody when the host refuses it
    settings.push(['credential.helper', '']);
  }

  const env: NodeJS.ProcessEnv = {
    LC_ALL: 'C',
    HOME: gitDir ?? devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  if (gitDir) {
    env.GIT_DIR = gitDir;
  }
  for (const [index, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  for (const name of PASSED_ON) {
    if (process.env[name] !== undefined) {
      env[name] = process.env[name];
    }
  }
  return env;
}

async function checkVersion(): Promise<void> {
  const said = await run({ args: ['--version'] });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(said) ?? [];
  if (
    Number(major) < MINIMUM[0] ||
    (Number(major) === MINIMUM[0] && Number(minor) < MINIMUM[1])
  ) {
    throw new GitError(
      '--version',
      '',
      `publishing needs Git ${MINIMUM.join(
        '.',
      )} or newer, this is ${said.trim()}`,
    );
  }
}
