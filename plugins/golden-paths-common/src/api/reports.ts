import { MetricDefinition, MetricId } from '../metrics/metrics';

/**
 * Which services a report is about, and which weeks.
 *
 * @public
 */
export interface ReportRequest {
  /** The ref of a group, with all below it; `none`: no group. */
  owner?: string;
  /** Only what the group itself owns, without those below it; as squads are counted. */
  direct?: boolean;
  /** The ref of a system; `none`: part of none. */
  system?: string;
  /** The ref of a domain, with all systems in it. */
  domain?: string;
  /** The ref of a golden path. */
  template?: string;
  /** How many weeks, the present one included, 1 to 104. Default: 26. */
  weeks?: number;
  /** The last week, as the date of its Monday, `YYYY-MM-DD`. Default: the present one. */
  until?: string;
}

/**
 * The number of a metric, over a time.
 *
 * @public
 */
export interface MetricValue {
  /**
   * In the unit of the metric; of durations the median. Absent: nothing to say, which
   * is not zero.
   */
  value?: number;
  /** Of durations, the 90th percentile; absent when it is not reached yet. */
  p90?: number;
  /** How many events or services are behind it. */
  count: number;
  /** Of shares: `numerator` ÷ `denominator`. */
  numerator?: number;
  denominator?: number;
  /** Of durations: how many have not come to their end yet; they count as longer. */
  censored?: number;
  /** Deployments that only a pipeline claims; they are not in the number. */
  claimed?: number;
}

/**
 * How much of what is asked about has data.
 *
 * @public
 */
export interface Coverage {
  withData: number;
  inScope: number;
}

/** @public */
export interface TrendPoint extends MetricValue {
  /** The Monday, `YYYY-MM-DD`. */
  week: string;
}

/** @public */
export interface MetricTarget {
  /** In the unit of the metric. */
  value: number;
  /** Where it comes from: the configuration, or the baseline period. */
  from: 'config' | 'baseline';
}

/**
 * A metric over the weeks that were asked for.
 *
 * @public
 */
export interface MetricReport extends MetricValue {
  id: MetricId;
  coverage: Coverage;
  target?: MetricTarget;
  /** Whether the target is met; absent without a value or a target. */
  met?: boolean;
  /** Over the baseline period of the configuration. */
  baseline?: MetricValue;
  /** Over as many weeks just before. */
  previous?: MetricValue;
  /** Each week, the oldest first. */
  trend: TrendPoint[];
  /** More of the same metric, such as `production` beside staging, or categories of tickets. */
  parts?: ({ id: string; title: string } & MetricValue)[];
}

/** @public */
export interface SummaryReport {
  /** The first Monday and the last Sunday, `YYYY-MM-DD`. */
  from: string;
  to: string;
  timeZone: string;
  metrics: MetricReport[];
  /** Whether some of it is made of sample events. */
  sample: boolean;
}

/** @public */
export interface SquadsReport {
  from: string;
  to: string;
  /** By title. Metrics of one squad; unlike services are not blended without saying so. */
  items: {
    ownerRef?: string;
    title?: string;
    services: number;
    metrics: Partial<Record<MetricId, MetricValue & { coverage: Coverage }>>;
  }[];
  nextCursor?: string;
}

/**
 * What is behind a number: one row per deployment, change, incident, ticket or service.
 *
 * @public
 */
export interface MetricRow {
  /** Of the event that decides, to be opened in the list of events. */
  eventId?: string;
  eventSource?: string;
  entityRef?: string;
  entityTitle?: string;
  ownerRef?: string;
  /** When it counts, ISO 8601. */
  at: string;
  /** Its Monday, YYYY-MM-DD, where a service is counted once a week; `at` is its start. */
  week?: string;
  /** What happened, in a few words: an environment, an artifact, an incident, a category. */
  label: string;
  /** In the unit of the metric; absent: not at its end yet, or not a number. */
  value?: number;
  /** For shares: whether it is in the numerator. */
  counted?: boolean;
  observed?: boolean;
  sample?: boolean;
  /** http(s) only. */
  url?: string;
}

/** @public */
export interface MetricRows {
  items: MetricRow[];
  totalItems: number;
  nextCursor?: string;
}

/** @public */
export interface MetricsConfig {
  metrics: MetricDefinition[];
  timeZone: string;
  targets: Partial<Record<MetricId, number>>;
  baseline?: { from: string; to: string };
  /** Names of environments that count as production and as staging. */
  environments: { production: string[]; staging: string[] };
  /** How long after a deployment an incident is held to be of it, in milliseconds. */
  incidentWindow: number;
}

/** @public */
export type FirstStep =
  | 'requested'
  | 'repository'
  | 'pipeline'
  | 'artifact'
  | 'staging'
  | 'catalog'
  | 'production';

/**
 * How a new service came to life.
 *
 * @public
 */
export interface FirstStepsRow {
  entityRef?: string;
  title: string;
  ownerRef?: string;
  templateRef?: string;
  /** The run of the scaffolder. */
  taskId?: string;
  requestedBy?: string;
  /** Of each step that was reached, when, ISO 8601. Requested is always there. */
  steps: Partial<Record<FirstStep, string>>;
  /** The step that it waits for, and since when; absent when all are done. */
  stuck?: {
    step: FirstStep;
    since: string;
    /** `failed`: its last attempt went wrong; `waiting`: nothing was heard. */
    reason: 'failed' | 'waiting';
    message?: string;
    /** Where to look: http(s) or an address inside the portal. */
    url?: string;
  };
  sample: boolean;
}

/** @public */
export interface FirstStepsReport {
  items: FirstStepsRow[];
  totalItems: number;
  nextCursor?: string;
  /** Of those asked for, from the request to each step. */
  durations: Partial<Record<FirstStep, MetricValue>>;
}

/** @public */
export interface TemplateHealth {
  templateRef: string;
  title?: string;
  ownerRef?: string;
  runs: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  running: number;
  /** Of runs that succeeded. */
  duration: MetricValue;
  /** The step at which most failed. */
  failingStep?: { id: string; name: string; count: number };
  /** Services that follow it, by the version they have. */
  services: number;
  behind: number;
  trend: { week: string; runs: number; failed: number }[];
}

/** @public */
export interface TemplateHealthReport {
  items: TemplateHealth[];
}

/** @public */
export interface TemplateHealthDetails extends TemplateHealth {
  failures: {
    id: string;
    name: string;
    count: number;
    lastError?: string;
    lastTaskId?: string;
  }[];
  versions: { version: string; current: boolean; services: number }[];
  recent: TemplateRun[];
}

/**
 * A run of a golden path.
 *
 * @public
 */
export interface TemplateRun {
  taskId: string;
  status: string;
  createdBy?: string;
  startedAt: string;
  endedAt?: string;
  failedStep?: string;
}

/**
 * As runs are counted; whatever has not ended is running.
 *
 * @public
 */
export type TemplateRunState = 'succeeded' | 'failed' | 'cancelled' | 'running';

/**
 * Runs behind the numbers of a golden path: those that the caller may open.
 *
 * @public
 */
export interface TemplateRuns {
  items: TemplateRun[];
  totalItems: number;
  nextCursor?: string;
}

/**
 * A service that follows a golden path, verifiably.
 *
 * @public
 */
export interface TemplateService {
  entityRef: string;
  title?: string;
  ownerRef?: string;
  /** Of the path; empty: not known. */
  version: string;
  /** Whether there is a newer one. */
  behind: boolean;
  /** The Monday of the first week in which it is known to have had it, `YYYY-MM-DD`. */
  since: string;
  /** The newest version as a proposal to its repository; of services that are behind. */
  upgrade?: {
    /** `running`: the run that proposes it has not ended. */
    state: 'running' | 'proposed';
    /** When its run began, ISO 8601. */
    at: string;
    /** The pull request or the branch. http(s) only. */
    url?: string;
  };
}

/**
 * Services behind the numbers of a golden path.
 *
 * @public
 */
export interface TemplateServices {
  items: TemplateService[];
  totalItems: number;
  /** The version that the path has now, where it is known. */
  newest?: string;
  nextCursor?: string;
}

/** @public */
export interface DeploymentRow {
  eventId: string;
  eventSource: string;
  environment: string;
  tier: 'production' | 'staging' | 'other';
  kind: 'deployed' | 'upgraded' | 'rolledback' | 'removed';
  at: string;
  observed: boolean;
  artifact?: string;
  revision?: string;
  /** From merge to this deployment, in milliseconds: the longest of its changes. */
  leadTime?: number;
  /** Incident, rollback or failed attempt that was laid to it. */
  failed?: { reason: string; at: string; recoveredAt?: string };
  rework: boolean;
  sample: boolean;
  url?: string;
}

/**
 * The tab "Delivery" of an entity.
 *
 * @public
 */
export interface EntityDelivery {
  entityRef: string;
  /** What runs where now: the latest deployment of each environment. */
  environments: (DeploymentRow & { previousArtifact?: string })[];
  metrics: MetricReport[];
  deployments: DeploymentRow[];
  incidents: {
    id: string;
    detectedAt: string;
    resolvedAt?: string;
    environment?: string;
    title?: string;
    url?: string;
    /** The deployment it was laid to, and why. */
    deployment?: {
      eventId: string;
      eventSource: string;
      link: 'named' | 'window';
    };
  }[];
  firstSteps?: FirstStepsRow;
  provenance?: ServiceProvenance;
  /** Events about it that nothing is known of yet, by name; what to send. */
  missing: string[];
}

/** @public */
export interface ServiceProvenance {
  templateRef: string;
  version: string;
  latestVersion?: string;
  /** The state in Git bears it out. */
  verified: boolean;
  conformant: boolean;
  checkedAt: string;
  /** What keeps it from being verified or conformant. */
  problems: { path?: string; message: string }[];
  deviations: Deviation[];
}

/** @public */
export type DeviationState =
  | 'unjustified'
  | 'requested'
  | 'approved'
  | 'denied'
  | 'expired';

/**
 * A part of a golden path that a service has changed or left out.
 *
 * @public
 */
export interface Deviation {
  id: string;
  entityRef: string;
  entityTitle?: string;
  ownerRef?: string;
  templateRef: string;
  /** The file or folder; `part:<name>` for a part that was left out. */
  path: string;
  /** Of a part that was left out on the first day: its name. */
  part?: string;
  /** What the path calls that part, as long as it has it. */
  partTitle?: string;
  /**
   * `left-out`: a part that was never generated; `declared`: said to deviate, and
   * does not.
   */
  kind: 'changed' | 'missing' | 'left-out' | 'declared';
  /** As declared in the repository. */
  reason?: string;
  state: DeviationState;
  since: string;
  decidedBy?: string;
  decidedAt?: string;
  comment?: string;
  expiresAt?: string;
}

/**
 * What somebody decided about a deviation.
 *
 * @public
 */
export interface DeviationDecision {
  decision: 'approve' | 'deny' | 'revoke';
  /** That it was decided upon, as it was declared then. */
  reason: string;
  decidedBy: string;
  decidedAt: string;
  comment?: string;
  expiresAt?: string;
}
