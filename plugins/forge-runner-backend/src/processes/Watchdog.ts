import { ChildProcess, spawn } from 'node:child_process';
import { MARK } from './Mark';

/**
 * Waits for the end of its input, which comes when the portal ends in whatever way,
 * and ends all that carries the mark. It is a shell, not a thread or a Node process:
 * it costs a megabyte, and nothing of the portal can take it along.
 */
const SCRIPT = `trap '' HUP INT TERM
cat > /dev/null
round=0
while [ $round -lt 100 ]; do
  round=$((round + 1))
  found=
  for file in $(grep -lsF "$1=$2." /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    pid=\${pid%/environ}
    kill -KILL "-$pid" 2> /dev/null
    kill -KILL "$pid" 2> /dev/null && found=yes
  done
  if [ -z "$found" ]; then exit 0; fi
  sleep 0.1
done`;

/**
 * Sees to it that nothing a pipeline started outlives the portal, even one that
 * is killed.
 *
 * @internal
 */
export class Watchdog {
  readonly #owner: string;
  #child: ChildProcess | undefined;

  constructor(options: { owner: string }) {
    this.#owner = options.owner;
  }

  /** Starts it, unless it runs. Does nothing where there is no `/proc`. */
  ensure(): void {
    if (process.platform !== 'linux' || this.#child) {
      return;
    }
    const child = spawn('sh', ['-c', SCRIPT, 'sh', MARK, this.#owner], {
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    const forget = () => {
      if (this.#child === child) {
        this.#child = undefined;
      }
    };
    child.once('error', forget);
    child.once('exit', forget);
    child.stdin?.on('error', () => {});
    child.unref();
    this.#child = child;
  }

  /** Lets it look one last time and end. */
  stop(): void {
    this.#child?.stdin?.end();
    this.#child = undefined;
  }
}
