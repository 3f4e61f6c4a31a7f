import { FilterPredicate } from '@backstage/filter-predicates';

/**
 * A rule as the evaluator needs it.
 *
 * @internal
 */
export interface RuleToEvaluate {
  /** What the log calls it. */
  id: number | string;
  /** A CEL expression. */
  check: string;
  /** Of the scorecard: elsewhere the rule has no outcome at all. */
  population: FilterPredicate;
  /** Of the rule: elsewhere in the population it is not applicable. */
  appliesTo?: FilterPredicate[];
  /** In milliseconds; a fact older than this is no data. */
  maxAge?: number;
}

/**
 * A subject as the evaluator needs it. It is parsed where it is evaluated, so
 * that the thread which answers requests does not stand still for it.
 *
 * @internal
 */
export interface SubjectToEvaluate {
  /** The entity as JSON. */
  document: string;
  facts: readonly (readonly [
    name: string,
    valueJson: string,
    observedAt: number,
  ])[];
}

/** @internal */
export interface EvaluationBatch {
  rules: readonly RuleToEvaluate[];
  subjects: readonly SubjectToEvaluate[];
  /** Milliseconds since 1970. */
  now: number;
}

/** @internal */
export interface EvaluatedBatch {
  /**
   * Of rule `r` and subject `s` at `s * rules.length + r`: 0 outside the
   * population, otherwise one of `OUTCOME_CODES` (never `exempt`).
   */
  outcomes: Uint8Array;
  /** Why it is an error, by the same index; at most 500 characters. */
  details: Map<number, string>;
  /**
   * By subject: the soonest time after now at which a fact that its rules read
   * becomes older than their `maxAge`; `Infinity` when there is none.
   */
  expiresAt: Float64Array;
}

/**
 * Evaluates rules for subjects, away from the thread that answers requests. A
 * rule that runs away is ended and is an error, the others are not disturbed.
 *
 * @internal
 */
export interface RuleEvaluator {
  evaluate(batch: EvaluationBatch): Promise<EvaluatedBatch>;
  close(): Promise<void>;
}
