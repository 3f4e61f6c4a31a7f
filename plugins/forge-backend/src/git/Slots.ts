/**
 * Lets a number of things happen at the same time; the others wait in the order
 * in which they came.
 *
 * @internal
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) {
      this.#free--;
    } else {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) {
        // The slot is handed over, so nobody can come in between
        next();
      } else {
        this.#free++;
      }
    }
  }
}
