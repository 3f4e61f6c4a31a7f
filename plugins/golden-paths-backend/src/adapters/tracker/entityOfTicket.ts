import { Knex } from 'knex';
import { TrackerNotice } from './trackerSchema';
import { createdId, sourceOf } from './translateTicket';

/**
 * What a ticket was counted for when it was opened: its end counts for the same,
 * whether its tracker repeats it or not.
 *
 * @internal
 */
export async function entityOfTicket(
  database: Knex,
  { ticket }: TrackerNotice,
): Promise<string | undefined> {
  const created = await database('events')
    .where({ source: sourceOf(ticket), event_id: createdId(ticket) })
    .first<{ entity_ref: string | null } | undefined>('entity_ref');
  return created?.entity_ref ?? undefined;
}
