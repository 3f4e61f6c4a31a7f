import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { OpenIncident } from './translateNotification';

/** More at once are the beginning of something else. */
const MAX_EVENTS = 500;

/**
 * The incidents of an application that have not come to their end, so that it can be
 * said that they have.
 *
 * @param source - of the events of the application
 * @internal
 */
export async function findOpenIncidents(
  database: Knex,
  source: string,
): Promise<OpenIncident[]> {
  const rows = await database('events')
    .where({ source })
    .where('type', 'like', 'dev.cdevents.incident.%')
    .orderBy('occurred_at', 'desc')
    .limit(MAX_EVENTS)
    .select<{ envelope: string }[]>('envelope');

  const latest = new Map<string, CdEvent>();
  for (const row of rows) {
    const data: CdEvent = JSON.parse(row.envelope).data;
    if (!latest.has(data.subject.id)) {
      latest.set(data.subject.id, data);
    }
  }
  return [...latest.values()]
    .filter(({ context }) => context.type.includes('.incident.detected.'))
    .map(({ subject }) => ({
      subjectId: subject.id,
      content: subject.content,
    }));
}
