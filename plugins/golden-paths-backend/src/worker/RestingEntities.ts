/** What takes less is done at once. */
const FREE_MS = 100;

/** Of the time that an entity takes, so much again it has to wait. */
const REST = 1;

const MAX_REST_MS = 1_000;

/** Who failed alone is not asked again before. */
const FAILED_MS = 60_000;

/**
 * Entities whose events take long to read are not derived after each of them: what
 * comes in while one rests is taken together.
 *
 * @internal
 */
export class RestingEntities {
  readonly #until = new Map<number, number>();

  note(entities: readonly { id: number; milliseconds: number }[]): void {
    const now = performance.now();
    for (const { id, milliseconds } of entities) {
      if (milliseconds > FREE_MS) {
        this.#until.set(id, now + Math.min(milliseconds * REST, MAX_REST_MS));
      }
    }
  }

  failed(id: number): void {
    this.#until.set(id, performance.now() + FAILED_MS);
  }

  /** Those that rest now. */
  ids(): number[] {
    const now = performance.now();
    for (const [id, until] of this.#until) {
      if (until <= now) {
        this.#until.delete(id);
      }
    }
    return [...this.#until.keys()];
  }

  /** In milliseconds until the next one has rested, at most `otherwise`. */
  nextIn(otherwise: number): number {
    const now = performance.now();
    return Math.max(
      1,
      Math.min(otherwise, ...[...this.#until.values()].map(at => at - now)),
    );
  }
}
