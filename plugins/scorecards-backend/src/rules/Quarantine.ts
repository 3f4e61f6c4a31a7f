/** So often it may run away before it is left out. */
const CHANCES = 3;

/** In milliseconds. */
const LEFT_OUT_FOR = 10 * 60_000;

/** Of expressions: many more is somebody who makes up new ones. */
const MAX_ENTRIES = 1000;

/**
 * Expressions that ran away again and again, and are not tried for a while.
 *
 * @internal
 */
export class Quarantine {
  readonly #entries = new Map<
    string,
    { times: number; until: number; reason: string }
  >();

  constructor(private readonly now: () => number) {}

  /** It ran away. */
  add(check: string, reason: string): void {
    const times = (this.#entries.get(check)?.times ?? 0) + 1;
    this.#entries.delete(check);
    if (this.#entries.size >= MAX_ENTRIES) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
    this.#entries.set(check, {
      times,
      until: this.now() + LEFT_OUT_FOR,
      reason,
    });
  }

  /** Why it is not to be tried, if so. */
  reasonFor(check: string): string | undefined {
    const entry = this.#entries.get(check);
    if (entry && entry.until <= this.now()) {
      this.#entries.delete(check);
      return undefined;
    }
    return entry && entry.times >= CHANCES ? entry.reason : undefined;
  }
}
