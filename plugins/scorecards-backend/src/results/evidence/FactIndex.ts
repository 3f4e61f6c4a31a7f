/**
 * A fact as it was for an evaluation.
 *
 * @internal
 */
export interface EvidenceFact {
  name: string;
  /** JSON. */
  value: string;
  /** In milliseconds. */
  observedAt: number;
  source: string;
  collectorId: string | null;
}

/**
 * Facts of one entity by the paths that expressions read.
 *
 * @internal
 */
export class FactIndex {
  readonly #byName = new Map<string, EvidenceFact>();
  /** Facts below each beginning of a name. */
  readonly #below = new Map<string, EvidenceFact[]>();

  constructor(facts: Iterable<EvidenceFact>) {
    for (const fact of facts) {
      this.#byName.set(fact.name, fact);
      for (
        let dot = fact.name.indexOf('.');
        dot >= 0;
        dot = fact.name.indexOf('.', dot + 1)
      ) {
        const beginning = fact.name.slice(0, dot);
        const below = this.#below.get(beginning);
        if (below) {
          below.push(fact);
        } else {
          this.#below.set(beginning, [fact]);
        }
      }
    }
  }

  /**
   * The facts that a path reads: the one of that name, all below it, or the one
   * of which it is a part. Where one name continues another, the longer wins.
   *
   * @returns `rest`: segments of the path within the value of the fact
   */
  find(segments: readonly string[]): { fact: EvidenceFact; rest: string[] }[] {
    const whole = (fact: EvidenceFact) => ({ fact, rest: [] });
    if (segments.length === 0) {
      return [...this.#byName.values()].map(whole);
    }
    for (let length = segments.length; length > 0; length--) {
      const name = segments.slice(0, length).join('.');
      const below = this.#below.get(name);
      if (below) {
        return length === segments.length ? below.map(whole) : [];
      }
      const fact = this.#byName.get(name);
      if (fact) {
        return [{ fact, rest: segments.slice(length) }];
      }
    }
    return [];
  }
}
