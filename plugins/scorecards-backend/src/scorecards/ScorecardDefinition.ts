import { FilterPredicate } from '@backstage/filter-predicates';
import {
  ScorecardEntityV1alpha1,
  ScorecardLifecycle,
  ScorecardRule,
} from '@waymark/plugin-scorecards-common';

/**
 * A rule of a scorecard, as one revision of it says.
 *
 * @internal
 */
export interface RuleDefinition {
  /** Of the row in `rules`: the same in every revision. */
  id: number;
  /** Of the row in `rule_revisions`. */
  revisionId: number;
  /** Its id in the file. */
  key: string;
  title: string;
  /** 1 is the lowest, 0 is none: it counts for the score only. */
  level: number;
  weight: number;
  check: string;
  appliesTo?: FilterPredicate;
  /** In milliseconds since 1970; before it the outcome does not count. */
  effectiveFrom?: number;
  /** In milliseconds. */
  maxAge?: number;
  /** As written, for texts. */
  source: ScorecardRule;
}

/**
 * A scorecard, as one revision of it says.
 *
 * @internal
 */
export interface ScorecardDefinition {
  id: number;
  ref: string;
  revisionId: number;
  /**
   * The revision since which the levels are as they are. Standings carry it, so
   * that what their level is called does not depend on later revisions.
   */
  levelsRevisionId: number;
  lifecycle: ScorecardLifecycle;
  title: string;
  description?: string;
  owner: string;
  /** Lowest first. */
  levels: { id: string; title: string }[];
  /** The entities that it is about. */
  population: FilterPredicate;
  rules: RuleDefinition[];
  /** As written. */
  entity: ScorecardEntityV1alpha1;
}
