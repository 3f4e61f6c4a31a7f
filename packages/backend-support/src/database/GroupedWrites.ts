/** Items that are written together; a call with more is one by itself. */
const MAX_ITEMS = 1_000;
/** Groups at a time. */
const CONCURRENCY = 3;
/**
 * How long those who come wait for a transaction that runs, before another one
 * begins beside it: that one may wait for an evaluation, in milliseconds.
 */
const PATIENCE_MS = 25;

interface Waiting<TItem, TResult> {
  items: TItem[];
  resolve: (results: TResult[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes what several callers bring at the same time together: while one
 * transaction runs, the next one gathers.
 *
 * @public
 */
export class GroupedWrites<TItem, TResult> {
  readonly #write: (items: TItem[]) => Promise<TResult[]>;
  #waiting: Waiting<TItem, TResult>[] = [];
  #running = 0;
  #impatient: NodeJS.Timeout | undefined;

  /** @param write - commits the items; a result for each, in their order */
  constructor(write: (items: TItem[]) => Promise<TResult[]>) {
    this.#write = write;
  }

  /** Resolves when the items are committed. */
  write(items: TItem[]): Promise<TResult[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#running === CONCURRENCY) {
      return;
    }
    if (this.#running === 0) {
      this.#begin();
    } else {
      this.#impatient ??= setTimeout(() => this.#begin(), PATIENCE_MS);
    }
  }

  #begin(): void {
    clearTimeout(this.#impatient);
    this.#impatient = undefined;
    this.#running += 1;
    this.#writeGroup(this.#takeGroup()).finally(() => {
      this.#running -= 1;
      this.#next();
    });
    this.#next();
  }

  #takeGroup(): Waiting<TItem, TResult>[] {
    let size = 0;
    const end = this.#waiting.findIndex(({ items }, index) => {
      size += items.length;
      return index > 0 && size > MAX_ITEMS;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #writeGroup(group: Waiting<TItem, TResult>[]): Promise<void> {
    try {
      const results = await this.#write(group.flatMap(({ items }) => items));
      let start = 0;
      for (const { items, resolve } of group) {
        resolve(results.slice(start, start + items.length));
        start += items.length;
      }
    } catch (error) {
      for (const { reject } of group) {
        reject(error);
      }
    }
  }
}
