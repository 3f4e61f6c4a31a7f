import { FactResult, FactStore, NewFact } from './FactStore';

/** Facts that are stored in one transaction. */
const MAX_FACTS = 1_000;
/** Transactions at a time. */
const CONCURRENCY = 3;
/**
 * How long those who come wait for a transaction that runs, before another one
 * begins beside it: that one may wait for an evaluation, in milliseconds.
 */
const PATIENCE_MS = 25;

interface Waiting {
  facts: NewFact[];
  resolve: (results: FactResult[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Stores what several callers push at the same time together: while one
 * transaction runs, the next one gathers.
 *
 * @internal
 */
export class GroupedPush {
  readonly #store: FactStore;
  #waiting: Waiting[] = [];
  #running = 0;
  #impatient: NodeJS.Timeout | undefined;

  constructor(store: FactStore) {
    this.#store = store;
  }

  /** Resolves when the facts are committed. */
  push(facts: NewFact[]): Promise<FactResult[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ facts, resolve, reject });
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
    this.#storeGroup(this.#takeGroup()).finally(() => {
      this.#running -= 1;
      this.#next();
    });
    this.#next();
  }

  #takeGroup(): Waiting[] {
    let size = 0;
    const end = this.#waiting.findIndex(({ facts }, index) => {
      size += facts.length;
      return index > 0 && size > MAX_FACTS;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #storeGroup(group: Waiting[]): Promise<void> {
    try {
      const results = await this.#store.push(
        group.flatMap(({ facts }) => facts),
      );
      let start = 0;
      for (const { facts, resolve } of group) {
        resolve(results.slice(start, start + facts.length));
        start += facts.length;
      }
    } catch (error) {
      for (const { reject } of group) {
        reject(error);
      }
    }
  }
}
