/**
 * Why something was ended from outside.
 *
 * @internal
 */
export type Interruption = 'timeout' | 'stopped';

/**
 * What ends work from outside: its time is over, or everything stops.
 *
 * @internal
 */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #onStop = () => this.#end('stopped');
  readonly #stop: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #reason: Interruption | undefined;
  #wake: ((reason: Interruption) => void) | undefined;

  constructor(options: { timeoutMs: number; stop: AbortSignal }) {
    const { timeoutMs, stop } = options;
    this.#stop = stop;
    // What is longer than this is no time at all to setTimeout
    const longest = 2 ** 31 - 1;
    this.#timer = setTimeout(
      () => this.#end('timeout'),
      Math.min(timeoutMs, longest),
    );
    stop.addEventListener('abort', this.#onStop);
    if (stop.aborted) {
      this.#end('stopped');
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What comes first: the promise, the end, or that the patience is over. */
  async race<T>(
    promise: Promise<T>,
    options: { patienceMs?: number },
  ): Promise<
    { value: T } | { interrupted: Interruption } | { impatient: true }
  > {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        promise.then(value => ({ value })),
        new Promise<{ interrupted: Interruption } | { impatient: true }>(
          resolve => {
            this.#wake = interrupted => resolve({ interrupted });
            if (this.#reason) {
              this.#wake(this.#reason);
            } else if (options.patienceMs !== undefined) {
              timer = setTimeout(
                () => resolve({ impatient: true }),
                options.patienceMs,
              );
            }
          },
        ),
      ]);
    } finally {
      clearTimeout(timer);
      this.#wake = undefined;
    }
  }

  /** It is over: nothing that was begun has to go on. */
  close(): void {
    clearTimeout(this.#timer);
    this.#stop.removeEventListener('abort', this.#onStop);
    this.#controller.abort();
  }

  #end(reason: Interruption) {
    this.#reason ??= reason;
    this.#controller.abort();
    this.#wake?.(this.#reason);
  }
}
