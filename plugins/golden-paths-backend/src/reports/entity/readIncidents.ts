import { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { isoTime, optionalTime } from '../../calendar/isoTime';
import { webAddress } from '../webAddress';

const MAX_INCIDENTS = 50;

interface IncidentRecord {
  incident_id: string;
  environment: string | null;
  title: string | null;
  detected_at: string | number;
  resolved_at: string | number | null;
  link: 'named' | 'window' | null;
  url: string | null;
  event_id: string | null;
  source: string | null;
}

/**
 * The incidents of an entity, the latest first, with the deployment that each was
 * laid to.
 *
 * @internal
 */
export async function readIncidents(options: {
  knex: Knex;
  entityId: number;
  /** Milliseconds. */
  from: number;
  to: number;
}): Promise<EntityDelivery['incidents']> {
  const { knex, entityId, from, to } = options;
  const rows: IncidentRecord[] = await knex('incidents')
    .leftJoin('events', 'events.sequence', 'incidents.deployment_sequence')
    .where('incidents.entity_id', entityId)
    .where('incidents.detected_at', '>=', from)
    .where('incidents.detected_at', '<', to)
    .orderBy([
      { column: 'incidents.detected_at', order: 'desc' },
      { column: 'incidents.incident_id', order: 'desc' },
    ])
    .limit(MAX_INCIDENTS)
    .select('incidents.*', 'events.event_id', 'events.source');
  return rows.map(row => ({
    id: row.incident_id,
    detectedAt: isoTime(row.detected_at),
    resolvedAt: optionalTime(row.resolved_at),
    environment: row.environment ?? undefined,
    title: row.title ?? undefined,
    url: webAddress(row.url),
    ...(row.event_id !== null &&
      row.source !== null &&
      row.link !== null && {
        deployment: {
          eventId: row.event_id,
          eventSource: row.source,
          link: row.link,
        },
      }),
  }));
}
