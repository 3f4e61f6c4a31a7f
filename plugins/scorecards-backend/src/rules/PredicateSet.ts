import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';

const UNKNOWN = 0;
const YES = 1;
const NO = 2;

/**
 * Predicates, each evaluated once for an entity, however many rules have it.
 *
 * @internal
 */
export class PredicateSet {
  readonly #indexes = new Map<string, number>();
  readonly #predicates: FilterPredicate[] = [];
  #answers = new Uint8Array();
  #entity: unknown;

  /** The number by which to ask for it. */
  add(predicate: FilterPredicate): number {
    const key = JSON.stringify(predicate);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#predicates.push(predicate) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }

  /** Which entity is asked about from now on. */
  enter(entity: unknown): void {
    this.#entity = entity;
    if (this.#answers.length === this.#predicates.length) {
      this.#answers.fill(UNKNOWN);
    } else {
      this.#answers = new Uint8Array(this.#predicates.length);
    }
  }

  matches(index: number): boolean {
    if (this.#answers[index] === UNKNOWN) {
      this.#answers[index] = evaluateFilterPredicate(
        this.#predicates[index],
        this.#entity,
      )
        ? YES
        : NO;
    }
    return this.#answers[index] === YES;
  }
}
