import { Exemption, RuleOutcome } from '@waymark/plugin-scorecards-common';
import { EvidenceSource } from '../evidence/resolveEvidence';

/** The outcome of a rule, as it is or was. */
export interface RuleState {
  outcome: RuleOutcome;
  ruleRevisionId: number;
  /** In milliseconds. */
  since: number;
  detail?: string;
  exemptionId?: number;
  source: EvidenceSource;
}

/** A standing, as it is or was. */
export interface StandingState {
  /** 0 is no level. */
  level: number;
  throughExemption: boolean;
  score?: number;
  /** In milliseconds. */
  since: number;
}

/**
 * Everything about one entity that its scorecards are made of.
 *
 * @internal
 */
export interface EntityState {
  subjectId: number;
  entityRef: string;
  /** In milliseconds; it left the catalog then. */
  deletedAt?: number;
  /** By the id of the rule. */
  rules: ReadonlyMap<number, RuleState>;
  /** By the id of the scorecard. */
  standings: ReadonlyMap<number, StandingState>;
  /** By their id. */
  exemptions: ReadonlyMap<number, Exemption>;
}
