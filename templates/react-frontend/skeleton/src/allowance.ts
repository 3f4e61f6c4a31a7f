/** So many in so much time, and some of it again as time goes by. */
export class Allowance {
  readonly #amount: number;
  readonly #perMs: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  constructor(options: { amount: number; perMs: number; now?: () => number }) {
    this.#amount = options.amount;
    this.#perMs = options.perMs;
    this.#now = options.now ?? (() => performance.now());
    this.#left = options.amount;
    this.#at = this.#now();
  }

  /**
   * Takes one.
   *
   * @returns 0, or how many milliseconds it takes until there is one again
   */
  take(): number {
    const now = this.#now();
    this.#left = Math.min(this.#amount, this.#left + ((now - this.#at) * this.#amount) / this.#perMs);
    this.#at = now;
    if (this.#left < 1) {
      return ((1 - this.#left) * this.#perMs) / this.#amount;
    }
    this.#left -= 1;
    return 0;
  }
}
