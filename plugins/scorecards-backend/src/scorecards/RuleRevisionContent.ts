import { FilterPredicate } from '@backstage/filter-predicates';

/**
 * What `rule_revisions.definition` holds, as JSON: all that decides an outcome,
 * and what it is worth.
 *
 * @internal
 */
export interface RuleRevisionContent {
  check: string;
  /** Of the scorecard. */
  population: FilterPredicate;
  /** Of the rule. */
  appliesTo?: FilterPredicate;
  /** The id of the level. */
  level?: string;
  weight: number;
  /** In milliseconds since 1970. */
  effectiveFrom?: number;
  /** In milliseconds. */
  maxAge?: number;
}
