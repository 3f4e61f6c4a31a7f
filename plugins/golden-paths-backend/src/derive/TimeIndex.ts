import { countLeading } from './countLeading';

/**
 * Finds what has a key, by when it was.
 *
 * @internal
 */
export class TimeIndex<T> {
  readonly #items = new Map<string, T[]>();
  readonly #at: (item: T) => number;

  /** @param options - `items`: the earliest first */
  constructor(options: {
    items: T[];
    keys: (item: T) => Iterable<string>;
    at: (item: T) => number;
  }) {
    this.#at = options.at;
    for (const item of options.items) {
      for (const key of new Set(options.keys(item))) {
        const items = this.#items.get(key);
        if (items) {
          items.push(item);
        } else {
          this.#items.set(key, [item]);
        }
      }
    }
  }

  /** The earliest of all. */
  any(key: string): T | undefined {
    return this.#items.get(key)?.[0];
  }

  /** The last one at that moment or before it. */
  last(key: string, time: number): T | undefined {
    const items = this.#items.get(key) ?? [];
    return items[countLeading(items, item => this.#at(item) <= time) - 1];
  }

  /** The first one at that moment or after it. */
  first(key: string, time: number): T | undefined {
    const items = this.#items.get(key) ?? [];
    return items[countLeading(items, item => this.#at(item) < time)];
  }
}
