import { HumanDuration, JsonValue } from '@backstage/types';
import {
  ScorecardFix,
  ScorecardLifecycle,
  ScorecardPredicate,
} from '../kind/ScorecardEntityV1alpha1';

/**
 * The outcome of a rule for an entity. No data is never a pass, and an error is
 * never a fail.
 *
 * @public
 */
export type RuleOutcome =
  | 'pass'
  | 'fail'
  | 'exempt'
  | 'notApplicable'
  | 'noData'
  | 'error';

/**
 * All outcomes, in the order in which they are shown.
 *
 * @public
 */
export const RULE_OUTCOMES: readonly RuleOutcome[] = [
  'pass',
  'fail',
  'exempt',
  'notApplicable',
  'noData',
  'error',
];

/**
 * A page of a list.
 *
 * @public
 */
export interface Page<T> {
  items: T[];
  /** For the next page; absent on the last one. */
  nextCursor?: string;
  /** Of the whole list, where it is cheap to know. */
  totalItems?: number;
}

/**
 * A value that a rule looked at.
 *
 * @public
 */
export interface EvidenceInput {
  /** As in the expression: `facts.coverage.percent`, `entity.spec.lifecycle`. */
  path: string;
  /** Absent when there was none, or when it is too long to show. */
  value?: JsonValue;
  /** The value is longer than what is shown of it. */
  truncated?: boolean;
  /** ISO 8601. For facts: when the source saw the value. */
  observedAt?: string;
  /** For facts: who said so, such as `repository-files` or a pipeline's address. */
  source?: string;
  /** Why a fact was not used although there is one: it is older than `maxAge`. */
  expired?: boolean;
  /** The last try to collect it failed, the value is the last good one. */
  stale?: boolean;
  /** What went wrong then. */
  staleReason?: string;
}

/**
 * Why an outcome is what it is.
 *
 * @public
 */
export interface Evidence {
  /** The CEL expression that was evaluated. */
  expression: string;
  inputs: EvidenceInput[];
  /** One sentence for people: which fact is missing, what the expression failed on. */
  message?: string;
  /** For an exempt rule: what the outcome would be without the exemption. */
  withoutExemption?: RuleOutcome;
}

/**
 * An exemption as it stands.
 *
 * @public
 */
export interface Exemption {
  id: string;
  entityRef: string;
  /** Of the entity, where it has one. */
  entityTitle?: string;
  scorecardRef: string;
  scorecardTitle?: string;
  ruleId: string;
  ruleTitle?: string;
  /** In lists: what the rule comes to now; absent when it no longer says anything. */
  outcome?: RuleOutcome;
  /** In lists, of an exempt rule: what it would come to. */
  withoutExemption?: RuleOutcome;
  /** `approved` ones have not begun as long as `startsAt` lies ahead. */
  state: 'requested' | 'approved' | 'denied' | 'revoked' | 'expired';
  reason: string;
  requestedBy: string;
  requestedAt: string;
  startsAt?: string;
  expiresAt: string;
  decidedBy?: string;
  decidedAt?: string;
  /** What was said with the decision. */
  decisionNote?: string;
  revokedBy?: string;
  revokedAt?: string;
  revocationNote?: string;
}

/**
 * One rule of one entity.
 *
 * @public
 */
export interface RuleResult {
  ruleId: string;
  title: string;
  level?: string;
  weight: number;
  outcome: RuleOutcome;
  /** Since when it has this outcome. */
  since: string;
  /** False before `effectiveFrom`. */
  counts: boolean;
  effectiveFrom?: string;
  why?: string;
  fix?: ScorecardFix;
  evidence: Evidence;
  exemption?: Exemption;
}

/**
 * Level and score of one entity on one scorecard.
 *
 * @public
 */
export interface Standing {
  /** Absent when no level was reached. */
  level?: string;
  /** The level would not be reached without an exemption. */
  throughExemption: boolean;
  /** 0 to 100; absent when there is nothing to divide by. */
  score?: number;
  /** Since when level and score are these. */
  since: string;
}

/**
 * One scorecard of one entity.
 *
 * @public
 */
export interface EntityScorecard {
  scorecardRef: string;
  title: string;
  lifecycle: ScorecardLifecycle;
  levels: { id: string; title: string }[];
  standing: Standing;
  rules: RuleResult[];
  /** The rules that stand between the entity and the next level, heaviest first. */
  nextSteps: { level: string; ruleIds: string[] } | undefined;
}

/**
 * `GET /entities/:kind/:namespace/:name`
 *
 * @public
 */
export interface EntityScorecards {
  entityRef: string;
  /** ISO 8601: what the answer is about; now, or the time asked for. */
  asOf: string;
  /** When it left the catalog, if it did. */
  deletedAt?: string;
  /** It is new in the catalog, and will be judged within half a minute. */
  pending?: true;
  scorecards: EntityScorecard[];
}

/**
 * A change of the outcome of one rule for one entity.
 *
 * `GET /entities/:kind/:namespace/:name/scorecards/:scorecardNamespace/:scorecardName/rules/:ruleId/transitions`,
 * newest first.
 *
 * @public
 */
export interface RuleTransition {
  at: string;
  /** Absent: from then on there was none. */
  outcome?: RuleOutcome;
  /** The rule itself had changed. */
  ruleChanged: boolean;
  evidence?: Evidence;
  /** The one that excused it. */
  exemption?: Exemption;
}

/**
 * A scorecard with its summary.
 *
 * @public
 */
export interface ScorecardSummary {
  scorecardRef: string;
  title: string;
  description?: string;
  owner: string;
  lifecycle: ScorecardLifecycle;
  /** Whom it is about. */
  appliesTo: ScorecardPredicate;
  levels: { id: string; title: string }[];
  rules: ScorecardRuleDefinition[];
  /** In lists that were asked for without the rules. */
  ruleCount?: number;
  /** What the caller may see: entities per level, lowest first; `undefined` is no level. */
  entities: LevelCount[];
  /** Of the entities with a score. */
  meanScore?: number;
}

/**
 * A rule as it stands in the scorecard.
 *
 * @public
 */
export interface ScorecardRuleDefinition {
  id: string;
  title: string;
  level?: string;
  weight: number;
  check: string;
  /** Narrows the population of the scorecard. */
  appliesTo?: ScorecardPredicate;
  effectiveFrom?: string;
  maxAge?: HumanDuration;
  why?: string;
  fix?: ScorecardFix;
}

/**
 * How many entities stand on a level.
 *
 * @public
 */
export interface LevelCount {
  /** Absent: entities without any level. */
  level?: string;
  entities: number;
}

/**
 * `GET /scorecards/:namespace/:name/results`, one row per entity.
 *
 * @public
 */
export interface ScorecardResultRow {
  entityRef: string;
  title?: string;
  owner?: string;
  /** Of the owner, where it has one and the caller may see it. */
  ownerTitle?: string;
  system?: string;
  /** Of the system, where it has one and the caller may see it. */
  systemTitle?: string;
  standing: Standing;
  outcomes: { [ruleId: string]: RuleOutcome };
}

/**
 * A fact about an entity.
 *
 * @public
 */
export interface Fact {
  /** Dotted: `coverage.percent`. */
  name: string;
  value: JsonValue;
  observedAt: string;
  source: string;
  stale?: boolean;
  staleReason?: string;
}

/**
 * One item of `POST /facts`.
 *
 * @public
 */
export interface PushedFact {
  entityRef: string;
  name: string;
  value: JsonValue;
  /** ISO 8601 with a zone. */
  observedAt: string;
  /** Default: what the credential of the caller says. */
  source?: string;
}

/**
 * `POST /facts`: what became of each item, in their order.
 *
 * `accepted`: stored; `superseded`: a later observation was there already;
 * `rejected`: see the error.
 *
 * @public
 */
export interface PushFactsResponse {
  items: (
    | { status: 'accepted' | 'superseded' }
    | { status: 'rejected'; error: { name: string; message: string } }
  )[];
}

/**
 * `POST /entities/:kind/:namespace/:name/evaluations`
 *
 * @public
 */
export interface EvaluationResponse extends EntityScorecards {
  /** What each collector came to. */
  collectors: {
    id: string;
    title: string;
    status: 'collected' | 'unchanged' | 'failed' | 'skipped';
    message?: string;
  }[];
}

/**
 * `POST /previews`
 *
 * @public
 */
export interface PreviewResponse {
  /** Levels of the scorecard in the request, lowest first. */
  levels: { id: string; title: string }[];
  /** What the caller may see of the population. */
  entities: LevelCount[];
  meanScore?: number;
  rules: { ruleId: string; outcomes: { [outcome in RuleOutcome]: number } }[];
  /** Who would move, compared with the published scorecard of the same name. */
  impact: {
    published: boolean;
    /** From level to level, with how many; absent levels are no level. */
    moves: { from?: string; to?: string; entities: number }[];
    /** By owner, most first. */
    owners: { owner: string; up: number; down: number }[];
    /** New to the scorecard, and no longer part of it. */
    joining: number;
    leaving: number;
  };
  /** The first rows, those that move down first. */
  items: (ScorecardResultRow & {
    before?: Standing;
    errors?: { [ruleId: string]: string };
  })[];
}

/**
 * `GET /reports/levels`: where each scorecard stands.
 *
 * @public
 */
export interface LevelsReport {
  asOf: string;
  scorecards: {
    scorecardRef: string;
    title: string;
    levels: { id: string; title: string }[];
    entities: LevelCount[];
    meanScore?: number;
  }[];
}

/**
 * `GET /reports/trend`: one point per day, UTC; over long times, and of many
 * scorecards, days are left out between them. The last one is always there.
 *
 * @public
 */
export interface TrendReport {
  scorecards: {
    scorecardRef: string;
    points: { day: string; entities: LevelCount[]; meanScore?: number }[];
  }[];
}

/**
 * `GET /reports/rules`: outcomes per rule.
 *
 * @public
 */
export interface RulesReport {
  rules: {
    scorecardRef: string;
    ruleId: string;
    title: string;
    /** The id of the one that it stands before. */
    level?: string;
    outcomes: { [outcome in RuleOutcome]: number };
    /**
     * Of the entities on the level just below that of the rule, those that it keeps
     * there. Absent where it was not asked for, and of rules that stand before no
     * level, or do not count yet.
     */
    blocking?: { fail: number; noData: number; error: number };
  }[];
}

/**
 * `GET /reports/movers`: entities that are on another level than at the end of the
 * day `from`, on one scorecard.
 *
 * @public
 */
export interface MoversReport {
  scorecardRef: string;
  /** Day, UTC. */
  from: string;
  up: number;
  down: number;
  /** New to the scorecard since, and no longer part of it. */
  joined: number;
  left: number;
  /** The latest first, at most `limit` of each direction. */
  items: Mover[];
}

/**
 * An entity that went up or down.
 *
 * @public
 */
export interface Mover {
  entityRef: string;
  title?: string;
  owner?: string;
  direction: 'up' | 'down';
  /** Absent: no level. */
  fromLevel?: string;
  toLevel?: string;
  /** Of the last move. */
  at: string;
  throughExemption: boolean;
}

/**
 * `GET /reports/next-steps`: what stands between entities and their next level, on
 * the live scorecards. Those with the fewest steps to go come first.
 *
 * @public
 */
export interface NextStepsReport {
  /** Entities with a level still to reach, all of them. */
  totalItems: number;
  items: EntityNextSteps[];
}

/**
 * What one entity needs for its next level of one scorecard.
 *
 * @public
 */
export interface EntityNextSteps {
  entityRef: string;
  title?: string;
  owner?: string;
  scorecardRef: string;
  scorecardTitle: string;
  levels: { id: string; title: string }[];
  /** Absent: no level. */
  level?: string;
  nextLevel: string;
  /** Heaviest first. */
  steps: { ruleId: string; title: string; outcome: RuleOutcome }[];
}

/**
 * `GET /reports/breakdown`: who stands on which level, by group (with all below
 * it), system or domain.
 *
 * @public
 */
export interface BreakdownReport {
  by: 'group' | 'system' | 'domain';
  scorecards: {
    scorecardRef: string;
    title: string;
    levels: { id: string; title: string }[];
  }[];
  /** Of all pages. */
  totalRows: number;
  /** For the rows after these; absent on the last page. */
  nextCursor?: string;
  /** Each group after the one above it, those of one by title. */
  rows: {
    /** Absent: entities that belong to none. */
    ref?: string;
    title?: string;
    /** Of a group: the one above it. */
    parent?: string;
    /** How many groups of the report are above it; 0 for systems and domains. */
    depth: number;
    /** In the order of `scorecards`. */
    scorecards: { entities: LevelCount[]; meanScore?: number }[];
  }[];
}

/**
 * `GET /reports/heatmap`: groups (with all below them), systems or domains
 * against rules. Groups follow the one above them.
 *
 * @public
 */
export interface HeatmapReport {
  by: 'group' | 'system' | 'domain';
  rules: { scorecardRef: string; ruleId: string; title: string }[];
  /** Of the whole heatmap. */
  totalRows: number;
  /** For the rows after these; absent on the last page. */
  nextCursor?: string;
  rows: {
    /** Absent: entities that belong to none. */
    ref?: string;
    title?: string;
    /** Of a group: the one above it. */
    parent?: string;
    /** How many groups of the heatmap are above it; 0 for systems and domains. */
    depth: number;
    entities: number;
    meanScore?: number;
    /** In the order of `rules`. */
    cells: HeatmapCell[];
  }[];
}

/**
 * How many entities of a row have which outcome of a rule.
 *
 * @public
 */
export interface HeatmapCell {
  pass: number;
  fail: number;
  noData: number;
  /** Absent: none. */
  exempt?: number;
  /** Absent: none. */
  error?: number;
  /** Those to which the rule does not apply. */
  other: number;
}

/**
 * `GET` and `PUT /preferences`: how the signed-in user hears of changed levels.
 *
 * @public
 */
export interface NotificationPreferences {
  /** `each`: one message per change; `weekly`: one a week about all of them. */
  delivery: 'each' | 'weekly';
}
