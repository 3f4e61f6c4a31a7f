import { inTransaction, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { refKey } from '../matching/keys';
import { markDue } from '../worker/markDue';

const BATCH = 5_000;

/**
 * Forgets the events of the sample organisation, so that nothing of it is in any
 * number once nobody wants to see it.
 *
 * @returns how many there were
 * @internal
 */
export async function forgetSample(knex: Knex): Promise<number> {
  for (let count = 0; ; ) {
    const forgotten = await inTransaction(knex, forgetSome);
    count += forgotten;
    if (forgotten < BATCH) {
      return count;
    }
  }
}

async function forgetSome(tx: Knex.Transaction): Promise<number> {
  const rows: { sequence: string | number; entity_ref: string | null }[] =
    await tx('events')
      // As the index says it, on both databases
      .whereRaw('sample')
      .orderBy('sequence')
      .limit(BATCH)
      .select('sequence', 'entity_ref');
  const sequences = rows.map(({ sequence }) => sequence);
  await whereAny(
    tx,
    tx('unmatched_keys'),
    'event_sequence',
    sequences,
  ).delete();
  await whereAny(tx, tx('events'), 'sequence', sequences).delete();
  const keys = new Set(
    rows.flatMap(({ entity_ref: ref }) => (ref ? [refKey(ref)] : [])),
  );
  await markDue(
    tx,
    await whereAny(tx, tx('entity_keys'), 'key', [...keys]).pluck('entity_id'),
  );
  return rows.length;
}
