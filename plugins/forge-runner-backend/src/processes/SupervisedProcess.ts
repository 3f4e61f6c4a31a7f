import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlGroup, TASKS_PER_PROCESS } from './ControlGroups';
import { ProcessIsolation } from './Isolation';
import { Limits } from './Limits';
import { listenersOf } from './listeners';
import { MARK } from './Mark';
import { ProcessTable } from './ProcessTable';
import { ProcessTree } from './ProcessTree';
import { sizeOfFolder } from './sizeOfFolder';

const MEGABYTE = 1024 * 1024;

/** Reading a whole folder takes a while: at least so long between two, in milliseconds. */
const DISK_EVERY_MS = 1000;

/** Of the time, the part that may be spent on that. */
const DISK_SHARE = 1 / 20;

/** How long output may go on after everything has ended, in milliseconds. */
const DRAIN_MS = 1000;

/**
 * Limits of the kernel where they count per stage, and the request to be the first
 * to go when memory runs out. Not `exec`: so the first process of a namespace is a
 * shell, and signals reach the script as they would anywhere.
 */
const PRELUDE = `ulimit -c 0
ulimit -f "$1" 2>/dev/null
ulimit -u "$2" 2>/dev/null || ulimit -p "$2" 2>/dev/null
{ echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null
shift 2
"$@"`;

/**
 * How a process ended.
 *
 * @internal
 */
export interface Ended {
  /** Undefined when everything went well. */
  problem?: string;
  /** Processes that the script left behind, which were ended with it. */
  leftBehind: number;
}

/** @internal */
export interface LaunchOptions {
  command: string[];
  cwd: string;
  /** The whole environment. */
  env: Record<string, string>;
  /** The folder whose size is limited. */
  folder: string;
  /** Removed when it has ended. */
  group: ControlGroup | undefined;
  isolation: ProcessIsolation;
  limits: Limits;
  mark: string;
  onOutput: (chunk: Buffer) => void;
  /** The ports it may listen on, on loopback; undefined: not watched. */
  ports?: number[];
  table: ProcessTable;
  /** Milliseconds between two looks; may change. */
  look: { interval: number };
}

/**
 * A command that runs with an environment of its own and within limits, and of
 * which nothing is left when it has ended.
 *
 * @internal
 */
export class SupervisedProcess {
  /** Settles when everything that came from it has ended. Never rejects. */
  readonly ended: Promise<Ended>;

  readonly #child: ChildProcess;
  readonly #options: LaunchOptions;
  readonly #tree: ProcessTree | undefined;
  readonly #started = Date.now();
  #isRunning = true;
  #violation: string | undefined;
  #nextDiskLook = 0;

  static start(options: LaunchOptions): SupervisedProcess {
    return new SupervisedProcess(options);
  }

  private constructor(options: LaunchOptions) {
    this.#options = options;
    const { command, cwd, env, group, isolation, limits, mark, table } =
      options;
    const [program, ...args] = [
      ...(group?.prefix ?? []),
      ...isolation.prefix,
      'sh',
      '-c',
      PRELUDE,
      'sh',
      // In blocks of 512 bytes
      String(Math.ceil(limits.diskBytes / 512)),
      String(maxTasks(options)),
      ...command,
    ];
    this.#child = spawn(program, args, {
      cwd,
      env: { ...env, [MARK]: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A session of its own: no terminal, and no group of the portal's
      detached: true,
    });
    this.#child.stdout?.on('data', options.onOutput);
    this.#child.stderr?.on('data', options.onOutput);
    this.#tree = this.#child.pid
      ? new ProcessTree({ leader: this.#child.pid, mark, table })
      : undefined;
    this.ended = this.#run();
  }

  /** Whether its first process has not ended yet. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /**
   * Asks it to end, and ends it when it does not.
   *
   * @param options - `reason`: becomes its problem, when it ended because of this
   */
  async end(options: { graceMs: number; reason?: string }): Promise<Ended> {
    this.#violation ??= options.reason;
    await this.#tree?.terminate();
    const deadline = Date.now() + options.graceMs;
    while (this.#isRunning && Date.now() < deadline) {
      await sleep(20);
    }
    await this.#tree?.kill();
    return this.ended;
  }

  async #run(): Promise<Ended> {
    const child = this.#child;
    const exit = new Promise<{ code?: number; signal?: string; error?: Error }>(
      resolve => {
        child.once('error', error => resolve({ error }));
        child.once('exit', (code, signal) =>
          resolve({ code: code ?? undefined, signal: signal ?? undefined }),
        );
      },
    );
    const closed = new Promise<void>(resolve => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    const watching = this.#watch();
    const { code, signal, error } = await exit;
    this.#isRunning = false;
    await watching;

    let leftBehind = 0;
    let stubborn: string | undefined;
    try {
      leftBehind = (await this.#tree?.kill()) ?? 0;
    } catch (problem) {
      stubborn = String((problem as Error).message);
    }
    // Somebody may hold the other end of the pipe who was never found
    const draining = new AbortController();
    await Promise.race([
      closed,
      sleep(DRAIN_MS, undefined, { signal: draining.signal }).catch(() => {}),
    ]);
    draining.abort();
    const { group, limits } = this.#options;
    if (await group?.ranOutOfMemory()) {
      this.#violation ??= `It used more than ${megabytes(
        limits.memoryBytes,
      )} of memory, and was ended`;
    }
    await group?.remove();
    child.stdout?.destroy();
    child.stderr?.destroy();

    const ownProblem = error
      ? `It could not be started: ${error.message}`
      : describeExit(code, signal);
    return { problem: this.#violation ?? stubborn ?? ownProblem, leftBehind };
  }

  /**
   * Looks whether it keeps to its limits, and ends it when it does not.
   *
   * @returns whether it does
   */
  async inspect(): Promise<boolean> {
    const violation = await this.#findViolation();
    if (violation && this.#isRunning) {
      this.#violation ??= violation;
      // What cannot be ended is told when all has been tried
      await this.#tree?.kill().catch(() => {});
    }
    return !violation;
  }

  async #watch(): Promise<void> {
    const stopped = new AbortController();
    this.#child.once('exit', () => stopped.abort());
    this.#child.once('error', () => stopped.abort());
    while (this.#isRunning && !stopped.signal.aborted) {
      await sleep(this.#options.look.interval, undefined, {
        signal: stopped.signal,
      }).catch(() => {});
      if (!this.#isRunning || !(await this.inspect())) {
        return;
      }
    }
  }

  async #findViolation(): Promise<string | undefined> {
    const { folder, limits, ports } = this.#options;
    const { timeMs } = limits;
    if (timeMs !== undefined && Date.now() - this.#started > timeMs) {
      return `It took longer than ${describeTime(timeMs)}, and was ended`;
    }
    const members = (await this.#tree?.members()) ?? [];
    if (members.length > limits.processes) {
      return `It had ${members.length} processes at once, ${limits.processes} are allowed, and was ended`;
    }
    const memory = members.reduce((sum, each) => sum + each.memoryBytes, 0);
    if (memory > limits.memoryBytes) {
      return `It used ${megabytes(memory)} of memory, ${megabytes(
        limits.memoryBytes,
      )} are allowed, and was ended`;
    }
    if (ports) {
      const listeners = await listenersOf(members.map(({ pid }) => pid));
      const open = listeners.find(({ isLoopback }) => !isLoopback);
      if (open) {
        return `It listened on ${open.address} (port ${open.port}), which others can reach, and was ended: listen on the address in HOST, 127.0.0.1`;
      }
      const foreign = listeners.find(({ port }) => !ports.includes(port));
      if (foreign) {
        return `It listened on port ${foreign.port}, and was ended: listen on those in PORT, GRPC_PORT and METRICS_PORT only`;
      }
    }
    const disk = await statfs(folder).catch(() => undefined);
    if (disk && disk.bavail * disk.bsize < limits.freeDiskBytes) {
      return `The disk was down to ${megabytes(
        disk.bavail * disk.bsize,
      )}, and it was ended: ${megabytes(limits.freeDiskBytes)} stay free`;
    }
    const before = Date.now();
    if (before > this.#nextDiskLook) {
      const size = await sizeOfFolder(folder);
      const took = Date.now() - before;
      this.#nextDiskLook =
        Date.now() + Math.max(DISK_EVERY_MS, took / DISK_SHARE);
      if (size > limits.diskBytes) {
        return `Its folder grew to ${megabytes(size)}, ${megabytes(
          limits.diskBytes,
        )} are allowed, and it was ended`;
      }
    }
    return undefined;
  }
}

/** Of the user; in a namespace of its own, of that alone. */
function maxTasks({ isolation, limits }: LaunchOptions): number {
  const others =
    isolation.processes === 'namespace' || process.platform !== 'linux'
      ? 0
      : // All of this machine's: more than those of the user
        Number(
          readFileSync('/proc/loadavg', 'utf8').match(/\/(\d+)/)?.[1] ?? 0,
        );
  return others + limits.processes * TASKS_PER_PROCESS;
}

function describeExit(code?: number, signal?: string): string | undefined {
  if (code === 0) {
    return undefined;
  }
  if (code === 126) {
    return 'It cannot be executed (exit code 126): is its mode 755, and its first line the way to a program?';
  }
  if (code === 127) {
    return 'A command was not found (exit code 127)';
  }
  if (code !== undefined && code > 128) {
    // As shells say it
    return `It ended by signal ${code - 128}`;
  }
  return signal ? `It ended by ${signal}` : `It ended with exit code ${code}`;
}

function describeTime(milliseconds: number): string {
  return milliseconds >= 60_000
    ? `${Math.round(milliseconds / 60_000)} min`
    : `${milliseconds / 1000} s`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}
