import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than a delivery takes, unless its host is slow. */
const PATIENCE_MS = 30_000;

/**
 * One after the other, within this process: of those who commit to one branch at
 * the same moment all but one would do their work in vain. Not more than that: whoever
 * has waited long enough goes on, and races.
 *
 * @internal
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #patienceMs: number;

  constructor(options: { patienceMs?: number } = {}) {
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  /** @param options - `at`: what is worked on, such as the address of a repository */
  take<T>(options: {
    at: string;
    work: () => Promise<T>;
    signal?: AbortSignal;
  }): Promise<T> {
    const { at, work, signal } = options;
    const before = this.#last.get(at) ?? Promise.resolve();
    const turn = this.#wait(before, signal).then(work);
    // Whoever leaves the line does not end the turn of those before
    const last = Promise.allSettled([before, turn]).then(() => {
      if (this.#last.get(at) === last) {
        this.#last.delete(at);
      }
    });
    this.#last.set(at, last);
    return turn;
  }

  async #wait(
    before: Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const over = new AbortController();
    const signals = [over.signal, ...(signal ? [signal] : [])];
    try {
      await Promise.race([
        before,
        sleep(this.#patienceMs, undefined, {
          signal: AbortSignal.any(signals),
        }),
      ]);
    } finally {
      over.abort();
    }
  }
}
