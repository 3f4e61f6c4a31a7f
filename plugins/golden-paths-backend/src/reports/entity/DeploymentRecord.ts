import { DeploymentRow } from '@waymark/plugin-golden-paths-common';
import { toMillis } from '@waymark/backend-support';
import { Knex } from 'knex';
import { isoTime, optionalTime } from '../../calendar/isoTime';
import { webAddress } from '../webAddress';

type Time = string | number | null;

/** A row of `deployments`, with its event. */
export interface DeploymentRecord {
  event_id: string | null;
  source: string | null;
  environment: string;
  tier: DeploymentRow['tier'];
  kind: DeploymentRow['kind'];
  deployed_at: string | number;
  observed: boolean | number;
  artifact: string | null;
  revision: string | null;
  lead_time: Time;
  failed_at: Time;
  failed_by: string | null;
  recovered_at: Time;
  rework: boolean | number;
  sample: boolean | number;
  url: string | null;
}

/** A query on the table, or on what stands for it under its name. */
export function deploymentRecords(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .leftJoin('events', 'events.sequence', 'deployments.event_sequence')
    .select('deployments.*', 'events.event_id', 'events.source');
}

/** @internal */
export function toDeploymentRow(record: DeploymentRecord): DeploymentRow {
  return {
    eventId: record.event_id ?? '',
    eventSource: record.source ?? '',
    environment: record.environment,
    tier: record.tier,
    kind: record.kind,
    at: isoTime(record.deployed_at),
    observed: Boolean(record.observed),
    artifact: record.artifact ?? undefined,
    revision: record.revision ?? undefined,
    leadTime: toMillis(record.lead_time),
    ...(record.failed_at !== null && {
      failed: {
        reason: record.failed_by ?? 'unknown',
        at: isoTime(record.failed_at),
        recoveredAt: optionalTime(record.recovered_at),
      },
    }),
    rework: Boolean(record.rework),
    sample: Boolean(record.sample),
    url: webAddress(record.url),
  };
}
