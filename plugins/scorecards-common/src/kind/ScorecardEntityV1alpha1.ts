import { Entity } from '@backstage/catalog-model';
import { HumanDuration, JsonObject } from '@backstage/types';

/**
 * A predicate over an entity, as everywhere in Backstage: see
 * `@backstage/filter-predicates`.
 *
 * @public
 */
export type ScorecardPredicate = JsonObject | string;

/**
 * How far a scorecard counts: a `draft` is for its owner, a `retired` one is
 * history.
 *
 * @public
 */
export type ScorecardLifecycle = 'draft' | 'live' | 'retired';

/**
 * One step of a scorecard.
 *
 * @public
 */
export type ScorecardLevel = {
  id: string;
  /** Default: the id, capitalised. */
  title?: string;
};

/**
 * What makes a rule pass.
 *
 * @public
 */
export type ScorecardFix = {
  /** Markdown. */
  text?: string;
  /** Where it is explained; http or https. */
  link?: string;
  /** The ref of a scaffolder template. */
  template?: string;
  /** Answers that the form of the template starts with. */
  values?: JsonObject;
};

/**
 * One check of a scorecard.
 *
 * @public
 */
export type ScorecardRule = {
  id: string;
  title: string;
  /** The id of a level; a rule without one counts for the score only. */
  level?: string;
  /** Share in the score, more than 0. Default: 1. */
  weight?: number;
  /** A CEL expression over `entity`, `facts` and `now` that yields a bool. */
  check: string;
  /** Narrows the population of the scorecard; elsewhere it is not applicable. */
  appliesTo?: ScorecardPredicate;
  /** A date, or a time with zone. Before it, the outcome shows but does not count. */
  effectiveFrom?: string;
  /** A fact older than this is no data. */
  maxAge?: HumanDuration;
  /** Why it matters, in Markdown. */
  why?: string;
  fix?: ScorecardFix;
};

/**
 * A catalog entity of kind `Scorecard`.
 *
 * @public
 */
export interface ScorecardEntityV1alpha1 extends Entity {
  apiVersion: 'waymark.dev/v1alpha1';
  kind: 'Scorecard';
  spec: {
    owner: string;
    /** Default: `live`. */
    lifecycle?: ScorecardLifecycle;
    appliesTo: ScorecardPredicate;
    /** Lowest first. */
    levels: ScorecardLevel[];
    rules: ScorecardRule[];
  };
}
