import { ForwardedError } from '@backstage/errors';
import {
  ChildProcess,
  ChildProcessWithoutNullStreams,
  spawn,
} from 'node:child_process';
import { Readable } from 'node:stream';
import { ForgeLimits } from '../ForgeOptions';
import { TooLargeError } from '../http/TooLargeError';
import { GitCommandError } from './GitCommandError';
import { gitEnvironment } from './gitEnvironment';
import { Slots } from './Slots';

/** @internal */
export interface GitRunOptions {
  /** Folder of the bare repository; none for commands that need no repository. */
  directory?: string;
  args: readonly string[];
  input?: string;
  /** Added to the environment of the process. */
  env?: Record<string, string>;
  /** Bytes of output after which the command is stopped; 16 MB by default. */
  maxBytes?: number;
  /** Whether output past `maxBytes` is cut off instead of being an error. */
  truncate?: boolean;
  /** Exit codes that are an answer and no failure; only 0 by default. */
  exitCodes?: readonly number[];
}

/** @internal */
export interface GitStreamOptions
  extends Pick<GitRunOptions, 'directory' | 'args' | 'env'> {
  /** Whether it is for the forge's user, whom a crowd of others must not keep waiting. */
  forUser: boolean;
  /** Asked when it is its turn; nothing is started when it says no. */
  isWanted: () => boolean;
}

/** @internal */
export interface GitResult {
  stdout: Buffer;
  exitCode: number;
  truncated: boolean;
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** One page may ask for a hundred commands, and each is a process. */
const MAX_COMMANDS = 16;
/** Clones, pushes and archives under way, which last as long as the client likes. */
const MAX_STREAMS = 32;

/**
 * Runs Git without a shell, with an environment of its own, and with bounds on
 * time, output and the number of processes.
 *
 * @internal
 */
export class Git {
  readonly #environment: Record<string, string>;
  readonly #commands = new Slots(MAX_COMMANDS);
  readonly #userStreams = new Slots(MAX_STREAMS);
  readonly #otherStreams = new Slots(MAX_STREAMS);

  static create(options: { limits: ForgeLimits }): Git {
    return new Git(gitEnvironment(options.limits));
  }

  private constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /**
   * Waits for its turn, starts a process and leaves its streams to `use`, which
   * ends when the process has.
   */
  async stream(
    options: GitStreamOptions,
    use: (child: ChildProcessWithoutNullStreams) => Promise<void>,
  ): Promise<void> {
    const slots = options.forUser ? this.#userStreams : this.#otherStreams;
    await slots.run(async () => {
      // Whoever asked may have given up while waiting
      if (options.isWanted()) {
        await use(this.#spawn(options));
      }
    });
  }

  /**
   * Runs a command to its end.
   *
   * @throws GitCommandError when it exits with a code that is not expected
   * @throws TooLargeError when it writes more than `maxBytes`
   */
  async run(options: GitRunOptions): Promise<GitResult> {
    return this.#commands.run(() => this.#run(options));
  }

  async #run(options: GitRunOptions): Promise<GitResult> {
    const { maxBytes = DEFAULT_MAX_BYTES, exitCodes = [0] } = options;
    const child = this.#spawn(options);
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    // A command that ends without reading its input is not an error of its own
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    try {
      const [out, err, exit] = await Promise.all([
        collect(child.stdout, maxBytes, () => child.kill('SIGKILL')),
        collect(child.stderr, 64 * 1024, () => {}),
        exitOf(child),
      ]);
      if (out.truncated) {
        if (!options.truncate) {
          throw new TooLargeError(
            `The answer has more than the ${maxBytes} bytes that are allowed`,
          );
        }
        return { stdout: out.data, exitCode: 0, truncated: true };
      }
      if (exit.code === null || !exitCodes.includes(exit.code)) {
        throw new GitCommandError({
          command: options.args[0],
          exit: exit.code ?? `signal ${exit.signal}`,
          stderr: err.data.toString('utf8').trim(),
        });
      }
      return { stdout: out.data, exitCode: exit.code, truncated: false };
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * @throws Error that says what to do, when there is no Git or it is too old
   */
  async requireVersion(): Promise<void> {
    let output: string;
    try {
      output = await this.text({ args: ['version'] });
    } catch (error) {
      throw new ForwardedError(
        'The forge needs Git: install it and make sure that it is on the PATH',
        error,
      );
    }
    const [, major, minor] = output.match(/(\d+)\.(\d+)/) ?? [];
    // The first one that merges without a working copy
    if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 38)) {
      throw new Error(`The forge needs Git 2.38 or newer, this is '${output}'`);
    }
  }

  /** Runs a command and gives its output as text, without the last newline. */
  async text(options: GitRunOptions): Promise<string> {
    const { stdout } = await this.run(options);
    return stdout.toString('utf8').replace(/\n$/, '');
  }

  #spawn(options: Pick<GitRunOptions, 'directory' | 'args' | 'env'>) {
    const { directory, args, env } = options;
    return spawn(
      'git',
      directory ? [`--git-dir=${directory}`, ...args] : [...args],
      {
        cwd: directory ?? '/',
        env: { ...this.#environment, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
  }
}

/**
 * Waits for a process to end and its streams to close.
 *
 * @internal
 */
export function exitOf(
  child: ChildProcess,
): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(error));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

async function collect(
  stream: Readable,
  maxBytes: number,
  onOverflow: () => void,
): Promise<{ data: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  let truncated = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (truncated) {
      continue;
    }
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      truncated = true;
      onOverflow();
    }
  }
  return { data: Buffer.concat(chunks).subarray(0, maxBytes), truncated };
}
