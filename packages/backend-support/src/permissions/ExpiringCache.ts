/**
 * Remembers answers for a short time, and asks once for all who ask at the same
 * time. A failure is not remembered.
 *
 * @public
 */
export class ExpiringCache<T> {
  readonly #entries = new Map<string, { value: Promise<T>; until: number }>();
  readonly #maxEntries: number;
  readonly #now: () => number;
  readonly #ttl: number;

  constructor(options: {
    maxEntries: number;
    now: () => number;
    /** In milliseconds. */
    ttl: number;
  }) {
    this.#maxEntries = options.maxEntries;
    this.#now = options.now;
    this.#ttl = options.ttl;
  }

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const now = this.#now();
    const known = this.#entries.get(key);
    // The clock may have been set back
    if (known && known.until > now && known.until <= now + this.#ttl) {
      return known.value;
    }
    const entry = { value: load(), until: now + this.#ttl };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) {
        this.#entries.delete(key);
      }
    });
    if (this.#entries.size > this.#maxEntries) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
    return entry.value;
  }
}
