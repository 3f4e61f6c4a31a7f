import { CdEvent } from '@waymark/plugin-golden-paths-common';

/**
 * An event as derivations read it.
 *
 * @internal
 */
export interface SourceEvent {
  /** Of the row in `events`; only to point to it, never to decide anything. */
  sequence: string;
  source: string;
  id: string;
  /** The entity for which its sender may speak; absent or empty: for all. */
  authority?: string;
  /** Such as `service.deployed`. */
  type: string;
  /** Milliseconds. */
  occurredAt: number;
  observed: boolean;
  sample: boolean;
  data: CdEvent;
}

/** @internal */
export interface DeriveSettings {
  /** IANA name. */
  timeZone: string;
  /** Environments by id or name, in any case; `*` matches any part. */
  environments: { production: string[]; staging: string[] };
  /** How long after a deployment an incident is held to be of it, in milliseconds. */
  incidentWindow: number;
}

/** @internal */
export type Tier = 'production' | 'staging' | 'other';

/** @internal */
export interface DerivedDeployment {
  eventSequence: string;
  /** Its id in lower case. */
  environment: string;
  tier: Tier;
  /** `removed`: nothing runs there any more; it counts as no deployment. */
  kind: 'deployed' | 'upgraded' | 'rolledback' | 'removed';
  deployedAt: number;
  observed: boolean;
  sample: boolean;
  artifact?: string;
  revision?: string;
  /** Since the first merge of the changes that it brought to production. */
  leadTime?: number;
  failedAt?: number;
  failedBy?: 'incident' | 'rollback' | 'attempt';
  recoveredAt?: number;
  /** Unplanned, because of an incident. */
  rework: boolean;
  url?: string;
}

/** @internal */
export interface DerivedChange {
  changeId: string;
  eventSequence: string;
  revision?: string;
  mergedAt: number;
  deploymentSequence?: string;
  deployedAt?: number;
  sample: boolean;
  url?: string;
}

/** @internal */
export interface DerivedIncident {
  incidentId: string;
  eventSequence: string;
  environment?: string;
  title?: string;
  detectedAt: number;
  resolvedAt?: number;
  deploymentSequence?: string;
  link?: 'named' | 'window';
  sample: boolean;
  url?: string;
}

/** @internal */
export interface DerivedTicket {
  ticketId: string;
  eventSequence: string;
  title?: string;
  category: string;
  squadRef?: string;
  templateRef?: string;
  step?: string;
  createdAt: number;
  closedAt?: number;
  sample: boolean;
  url?: string;
}

/** @internal */
export interface DerivedPipelineRun {
  runId: string;
  eventSequence: string;
  name?: string;
  outcome?: 'success' | 'failure' | 'error' | 'cancel';
  startedAt?: number;
  finishedAt?: number;
  revision?: string;
  sample: boolean;
  url?: string;
}

/** @internal */
export interface DerivedEnvironment {
  /** Of the event that created it; one that is created again is another one. */
  eventSequence: string;
  /** Its id in lower case. */
  environment: string;
  requestedAt?: number;
  createdAt: number;
  deletedAt?: number;
  observed: boolean;
  sample: boolean;
}

/**
 * What is counted by week and entity. Durations have a bucket each; `week` is that of
 * the deployment, the recovery, the creation, … as the definition of the metric says.
 *
 * @internal
 */
export type Measure =
  | 'deployments'
  | 'deployments-staging'
  | 'deployments-claimed'
  | 'deployments-failed'
  | 'deployments-rework'
  | 'change-lead-time'
  | 'recovery-time'
  | 'environment-time'
  | 'pipeline-runs'
  | 'pipeline-failures'
  | 'pipeline-duration'
  | 'incidents'
  | 'tickets';

/** @internal */
export interface DerivedRollup {
  measure: Measure;
  /** The Monday, `YYYY-MM-DD`. */
  week: string;
  /** 0 for counts. */
  bucket: number;
  count: number;
  /** Milliseconds, of durations; else 0. */
  total: number;
}

/**
 * All that the events of one entity say. The same events give the same, in whatever
 * order and however often they came.
 *
 * @internal
 */
export interface Derived {
  deployments: DerivedDeployment[];
  changes: DerivedChange[];
  incidents: DerivedIncident[];
  tickets: DerivedTicket[];
  pipelineRuns: DerivedPipelineRun[];
  environments: DerivedEnvironment[];
  rollups: DerivedRollup[];
}

/** @internal */
export type Derive = (
  events: SourceEvent[],
  settings: DeriveSettings,
) => Derived;
