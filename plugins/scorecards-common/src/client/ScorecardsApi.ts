import {
  BreakdownReport,
  EntityScorecards,
  EvaluationResponse,
  Exemption,
  Fact,
  HeatmapReport,
  LevelsReport,
  MoversReport,
  NextStepsReport,
  NotificationPreferences,
  Page,
  PreviewResponse,
  PushedFact,
  PushFactsResponse,
  RuleOutcome,
  RulesReport,
  RuleTransition,
  ScorecardResultRow,
  ScorecardSummary,
  TrendReport,
} from '../api/types';
import {
  ScorecardEntityV1alpha1,
  ScorecardLifecycle,
} from '../kind/ScorecardEntityV1alpha1';

/**
 * A part of a list.
 *
 * @public
 */
export interface PageRequest {
  /** `nextCursor` of the page before, with the same filters. */
  cursor?: string;
  limit?: number;
}

/**
 * The scorecards that are asked for.
 *
 * @public
 */
export interface ScorecardsRequest extends PageRequest {
  /** A part of title, name or description. */
  search?: string;
  /** Default: all. */
  lifecycle?: ScorecardLifecycle | ScorecardLifecycle[];
  /** Without them, `ruleCount` says how many there are. Default: with. */
  rules?: boolean;
}

/**
 * The entities of a scorecard that are asked for.
 *
 * @public
 */
export interface ScorecardResultsRequest
  extends ScorecardResultsFilter,
    PageRequest {
  /** A dash puts the largest first. Default: `name`. */
  sort?: 'name' | '-name' | 'level' | '-level' | 'score' | '-score';
}

/**
 * Which of the entities of a scorecard.
 *
 * @public
 */
export interface ScorecardResultsFilter {
  scorecardRef: string;
  /** A part of name or title. */
  search?: string;
  /** The id of a level; `none` for entities without any. */
  level?: string;
  /** The id of a rule, with an outcome. */
  rule?: string;
  outcome?: RuleOutcome;
  /**
   * The ref of a group, with all below it, or of a user; `none` for entities that
   * belong to no group.
   */
  owner?: string;
  /** The ref of a system; `none` for entities in no system. */
  system?: string;
  /** The ref of a domain; `none` for entities in no domain. */
  domain?: string;
  /** One of `metadata.tags`. */
  tag?: string;
  /** ISO 8601: a date, or a time with a zone. Default: now. */
  asOf?: string;
}

/**
 * The exemptions that are asked for.
 *
 * @public
 */
export interface ExemptionsRequest extends PageRequest {
  state?: Exemption['state'] | Exemption['state'][];
  entity?: string;
  scorecard?: string;
  /** The id of a rule of that scorecard. */
  rule?: string;
  requestedBy?: string;
  /** The owner of the entity: the ref of a group, with all below it, or of a user. */
  owner?: string;
  /** The domain of the entity. */
  domain?: string;
  /** ISO 8601: those that end before. */
  expiresBefore?: string;
  /** Default: `-requestedAt`, the newest first. */
  sort?: '-requestedAt' | 'expiresAt';
}

/**
 * A wish to be excused.
 *
 * @public
 */
export interface ExemptionRequest {
  entityRef: string;
  scorecardRef: string;
  ruleId: string;
  reason: string;
  /** ISO 8601 with a zone. Default: the time of the approval. */
  startsAt?: string;
  /** ISO 8601 with a zone. */
  expiresAt: string;
}

/**
 * What reports are about.
 *
 * @public
 */
export interface ReportRequest {
  /**
   * Names or refs of scorecards, also of drafts and retired ones that the caller may
   * see. Default: all that are live.
   */
  scorecard?: string | string[];
  /**
   * The ref of a group, with all below it, or of a user; `none` for entities that
   * belong to no group.
   */
  owner?: string;
  /** The ref of a domain; `none` for entities in no domain. */
  domain?: string;
}

/**
 * How every call can be ended before its answer is there.
 *
 * @public
 */
export interface CallOptions {
  signal?: AbortSignal;
}

/**
 * What can be done with scorecards. All methods throw a `ResponseError` of
 * `@backstage/errors` when the backend refuses.
 *
 * @public
 */
export interface ScorecardsApi {
  listScorecards(
    request?: ScorecardsRequest,
    options?: CallOptions,
  ): Promise<Page<ScorecardSummary>>;
  /** @param request - `asOf`: a date, or a time with a zone. Default: now. */
  getScorecard(
    request: { scorecardRef: string; asOf?: string },
    options?: CallOptions,
  ): Promise<ScorecardSummary>;
  getResults(
    request: ScorecardResultsRequest,
    options?: CallOptions,
  ): Promise<Page<ScorecardResultRow>>;
  /** One line per entity and rule, as CSV; the file is named by the backend. */
  exportResults(
    request: ScorecardResultsFilter,
    options?: CallOptions,
  ): Promise<File>;

  getEntityScorecards(
    request: { entityRef: string; asOf?: string },
    options?: CallOptions,
  ): Promise<EntityScorecards>;
  /** How the outcome of one rule came to be what it is, newest first. */
  getRuleTransitions(
    request: PageRequest & {
      entityRef: string;
      scorecardRef: string;
      ruleId: string;
    },
    options?: CallOptions,
  ): Promise<Page<RuleTransition>>;
  /** Collects and evaluates now. */
  evaluateEntity(
    request: { entityRef: string },
    options?: CallOptions,
  ): Promise<EvaluationResponse>;
  /** The address of a picture that shows the level of an entity. */
  getBadgeUrl(request: {
    entityRef: string;
    scorecardRef: string;
  }): Promise<string>;

  pushFacts(
    request: { facts: PushedFact[] },
    options?: CallOptions,
  ): Promise<PushFactsResponse>;
  getFacts(
    request: { entityRef: string },
    options?: CallOptions,
  ): Promise<{ items: Fact[] }>;

  /** @param request - the entity, or the YAML of its file */
  previewScorecard(
    request: { scorecard: string | ScorecardEntityV1alpha1 },
    options?: CallOptions,
  ): Promise<PreviewResponse>;

  listExemptions(
    request?: ExemptionsRequest,
    options?: CallOptions,
  ): Promise<Page<Exemption>>;
  requestExemption(
    request: ExemptionRequest,
    options?: CallOptions,
  ): Promise<Exemption>;
  approveExemption(
    request: { id: string; note?: string },
    options?: CallOptions,
  ): Promise<Exemption>;
  denyExemption(
    request: { id: string; note: string },
    options?: CallOptions,
  ): Promise<Exemption>;
  revokeExemption(
    request: { id: string; note: string },
    options?: CallOptions,
  ): Promise<Exemption>;

  /** @param request - `asOf`: a date, or a time with a zone. Default: now. */
  getLevelsReport(
    request?: ReportRequest & { asOf?: string },
    options?: CallOptions,
  ): Promise<LevelsReport>;
  /**
   * @param request - `from`, `to`: days such as 2026-11-20, UTC; `every`: only each
   * so-many-th day, counted back from the last
   */
  getTrendReport(
    request?: ReportRequest & { from?: string; to?: string; every?: number },
    options?: CallOptions,
  ): Promise<TrendReport>;
  /** @param request - `blocking`: also how many entities each rule keeps from a level */
  getRulesReport(
    request?: ReportRequest & { blocking?: boolean },
    options?: CallOptions,
  ): Promise<RulesReport>;
  getHeatmapReport(
    request: ReportRequest & PageRequest & { by: HeatmapReport['by'] },
    options?: CallOptions,
  ): Promise<HeatmapReport>;
  /** @param request - `from`: a day such as 2026-11-20, UTC. Default: 30 days ago */
  getMoversReport(
    request: {
      scorecard: string;
      owner?: string;
      domain?: string;
      from?: string;
      /** Of each direction. Default: 10. */
      limit?: number;
    },
    options?: CallOptions,
  ): Promise<MoversReport>;
  /** @param request - `owner`: refs of groups, with all below them, or of users */
  getNextStepsReport(
    request: { owner: string[]; scorecard?: string | string[]; limit?: number },
    options?: CallOptions,
  ): Promise<NextStepsReport>;
  getBreakdownReport(
    request: ReportRequest & PageRequest & { by: BreakdownReport['by'] },
    options?: CallOptions,
  ): Promise<BreakdownReport>;

  getPreferences(options?: CallOptions): Promise<NotificationPreferences>;
  setPreferences(
    preferences: NotificationPreferences,
    options?: CallOptions,
  ): Promise<NotificationPreferences>;
}
