import { FactTree, factTree, isExpired } from '@waymark/plugin-scorecards-node';
import { SubjectToEvaluate } from './RuleEvaluator';

/**
 * The facts of one subject, as rules of different `maxAge` see them.
 *
 * @internal
 */
export class SubjectFacts {
  readonly #values: { name: string; value: unknown; observedAt: number }[];
  readonly #trees = new Map<number | undefined, FactTree>();

  constructor(facts: SubjectToEvaluate['facts'], private readonly now: number) {
    this.#values = facts.map(([name, json, observedAt]) => ({
      name,
      value: JSON.parse(json),
      observedAt,
    }));
  }

  tree(maxAge: number | undefined): FactTree {
    let tree = this.#trees.get(maxAge);
    if (!tree) {
      const fresh = this.#values.filter(
        ({ observedAt }) => !isExpired({ observedAt, maxAge, now: this.now }),
      );
      tree =
        maxAge !== undefined && fresh.length === this.#values.length
          ? this.tree(undefined)
          : factTree(fresh.map(({ name, value }) => [name, value] as const));
      this.#trees.set(maxAge, tree);
    }
    return tree;
  }
}
