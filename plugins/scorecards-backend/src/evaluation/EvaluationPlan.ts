import { FilterPredicate } from '@backstage/filter-predicates';
import { RuleToEvaluate } from '../rules/RuleEvaluator';
import {
  RuleDefinition,
  ScorecardDefinition,
} from '../scorecards/ScorecardDefinition';

/**
 * The rules of all scorecards in force, in the order of their ids.
 *
 * @internal
 */
export interface EvaluationPlan {
  rules: readonly RuleDefinition[];
  /** The same, for the evaluator. */
  checks: readonly RuleToEvaluate[];
  scorecards: readonly {
    definition: ScorecardDefinition;
    /** Indexes in `rules`, in the order of `definition.rules`. */
    rules: readonly number[];
  }[];
}

const plans = new WeakMap<readonly ScorecardDefinition[], EvaluationPlan>();

/** @internal */
export function planEvaluation(
  definitions: readonly ScorecardDefinition[],
): EvaluationPlan {
  const known = plans.get(definitions);
  if (known) {
    return known;
  }
  const all = definitions
    .flatMap(({ population, rules }) =>
      rules.map(rule => ({ rule, population })),
    )
    .sort((a, b) => a.rule.id - b.rule.id);
  const indexes = new Map(all.map(({ rule }, index) => [rule.id, index]));
  const plan = {
    rules: all.map(({ rule }) => rule),
    checks: all.map(({ rule, population }) => toCheck(rule, population)),
    scorecards: definitions.map(definition => ({
      definition,
      rules: definition.rules.map(({ id }) => indexes.get(id)!),
    })),
  };
  plans.set(definitions, plan);
  return plan;
}

function toCheck(
  rule: RuleDefinition,
  population: FilterPredicate,
): RuleToEvaluate {
  return {
    id: rule.revisionId,
    check: rule.check,
    population,
    appliesTo: rule.appliesTo === undefined ? undefined : [rule.appliesTo],
    maxAge: rule.maxAge,
  };
}
