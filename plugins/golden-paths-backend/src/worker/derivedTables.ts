import { ColumnValue } from '@waymark/backend-support';
import { Derived } from '../derive/Derived';
import { DerivedFirstSteps } from '../firstSteps/DerivedFirstSteps';

/**
 * All that is derived of one entity.
 *
 * @internal
 */
export interface DerivedEntity extends Derived {
  /** Absent: no run of the portal made it. */
  firstSteps?: DerivedFirstSteps;
}

/** How a column is compared: `bigint` columns come as text from PostgreSQL. */
type ColumnKind = 'text' | 'number' | 'flag' | 'sequence';

/**
 * A table whose rows are what events say of an entity.
 *
 * @internal
 */
export interface DerivedTable {
  readonly name: string;
  /** That tell the rows of one entity apart. */
  readonly keys: readonly string[];
  readonly columns: readonly { name: string; kind: ColumnKind }[];
  /** The values of each row, in the order of the columns. */
  rowsOf(derived: DerivedEntity): ColumnValue[][];
}

function table<TItem>(definition: {
  name: string;
  keys: readonly string[];
  items: (derived: DerivedEntity) => readonly TItem[];
  columns: {
    [column: string]: [ColumnKind, (item: TItem) => ColumnValue];
  };
}): DerivedTable {
  const columns = Object.entries(definition.columns);
  return {
    name: definition.name,
    keys: definition.keys,
    columns: columns.map(([name, [kind]]) => ({ name, kind })),
    rowsOf: derived =>
      definition
        .items(derived)
        .map(item =>
          columns.map(([, [kind, read]]) => toComparable(kind, read(item))),
        ),
  };
}

/** @internal */
export const DERIVED_TABLES: readonly DerivedTable[] = [
  table({
    items: derived => derived.deployments,
    name: 'deployments',
    keys: ['event_sequence'],
    columns: {
      event_sequence: ['sequence', item => item.eventSequence],
      environment: ['text', item => item.environment],
      tier: ['text', item => item.tier],
      kind: ['text', item => item.kind],
      deployed_at: ['number', item => item.deployedAt],
      observed: ['flag', item => item.observed],
      sample: ['flag', item => item.sample],
      artifact: ['text', item => item.artifact],
      revision: ['text', item => item.revision],
      lead_time: ['number', item => item.leadTime],
      failed_at: ['number', item => item.failedAt],
      failed_by: ['text', item => item.failedBy],
      recovered_at: ['number', item => item.recoveredAt],
      rework: ['flag', item => item.rework],
      url: ['text', item => item.url],
    },
  }),
  table({
    items: derived => derived.changes,
    name: 'changes',
    keys: ['change_id'],
    columns: {
      change_id: ['text', item => item.changeId],
      event_sequence: ['sequence', item => item.eventSequence],
      revision: ['text', item => item.revision],
      merged_at: ['number', item => item.mergedAt],
      deployment_sequence: ['sequence', item => item.deploymentSequence],
      deployed_at: ['number', item => item.deployedAt],
      sample: ['flag', item => item.sample],
      url: ['text', item => item.url],
    },
  }),
  table({
    items: derived => derived.incidents,
    name: 'incidents',
    keys: ['incident_id'],
    columns: {
      incident_id: ['text', item => item.incidentId],
      event_sequence: ['sequence', item => item.eventSequence],
      environment: ['text', item => item.environment],
      title: ['text', item => item.title],
      detected_at: ['number', item => item.detectedAt],
      resolved_at: ['number', item => item.resolvedAt],
      deployment_sequence: ['sequence', item => item.deploymentSequence],
      link: ['text', item => item.link],
      sample: ['flag', item => item.sample],
      url: ['text', item => item.url],
    },
  }),
  table({
    items: derived => derived.tickets,
    name: 'tickets',
    keys: ['ticket_id'],
    columns: {
      ticket_id: ['text', item => item.ticketId],
      event_sequence: ['sequence', item => item.eventSequence],
      title: ['text', item => item.title],
      category: ['text', item => item.category],
      squad_ref: ['text', item => item.squadRef],
      template_ref: ['text', item => item.templateRef],
      step: ['text', item => item.step],
      created_at: ['number', item => item.createdAt],
      closed_at: ['number', item => item.closedAt],
      sample: ['flag', item => item.sample],
      url: ['text', item => item.url],
    },
  }),
  table({
    items: derived => derived.pipelineRuns,
    name: 'pipeline_runs',
    keys: ['run_id'],
    columns: {
      run_id: ['text', item => item.runId],
      event_sequence: ['sequence', item => item.eventSequence],
      name: ['text', item => item.name],
      outcome: ['text', item => item.outcome],
      started_at: ['number', item => item.startedAt],
      finished_at: ['number', item => item.finishedAt],
      revision: ['text', item => item.revision],
      sample: ['flag', item => item.sample],
      url: ['text', item => item.url],
    },
  }),
  table({
    items: derived => derived.environments,
    name: 'environments',
    keys: ['event_sequence'],
    columns: {
      event_sequence: ['sequence', item => item.eventSequence],
      environment: ['text', item => item.environment],
      observed: ['flag', item => item.observed],
      requested_at: ['number', item => item.requestedAt],
      created_at: ['number', item => item.createdAt],
      deleted_at: ['number', item => item.deletedAt],
      sample: ['flag', item => item.sample],
    },
  }),
  table({
    items: ({ firstSteps }) => (firstSteps ? [firstSteps] : []),
    name: 'first_steps',
    keys: [],
    columns: {
      task_id: ['text', item => cut(item.taskId, 64)],
      template_ref: ['text', item => cut(item.templateRef, 400)],
      requested_by: ['text', item => cut(item.requestedBy, 400)],
      requested_at: ['number', item => item.requestedAt],
      repository_at: ['number', item => item.repositoryAt],
      pipeline_at: ['number', item => item.pipelineAt],
      artifact_at: ['number', item => item.artifactAt],
      staging_at: ['number', item => item.stagingAt],
      catalog_at: ['number', item => item.catalogAt],
      production_at: ['number', item => item.productionAt],
      stuck_step: ['text', item => cut(item.stuck?.step, 16)],
      stuck_since: ['number', item => item.stuck?.since],
      stuck_reason: ['text', item => item.stuck?.reason],
      stuck_message: ['text', item => cut(item.stuck?.message, 4000)],
      stuck_url: ['text', item => cut(item.stuck?.url, 2048)],
      sample: ['flag', item => item.sample],
    },
  }),
];

/** @internal */
export const ROLLUPS: DerivedTable = table({
  items: derived => derived.rollups,
  name: 'rollups',
  keys: ['measure', 'week', 'bucket'],
  columns: {
    measure: ['text', item => item.measure],
    week: ['text', item => item.week],
    bucket: ['number', item => item.bucket],
    count: ['number', item => item.count],
    total: ['number', item => item.total],
  },
});

/**
 * A stored value as the derivation has it, to compare the two.
 *
 * @internal
 */
export function toComparable(kind: ColumnKind, value: unknown): ColumnValue {
  if (value === null || value === undefined) {
    return null;
  }
  switch (kind) {
    case 'number':
      return Number(value);
    case 'flag':
      return Boolean(value);
    default:
      return String(value);
  }
}

/** What events say is longer than a column at times, or has what no column takes. */
function cut(text: string | undefined, length: number): string | undefined {
  return text?.replace(/\0/g, '').slice(0, length);
}
