import { deleteRows, updateRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { markDue } from '../worker/markDue';
import { EntityIndex } from './EntityIndex';

const BATCH = 1000;

/**
 * Tries again to find the entities of events that matched none.
 *
 * @param options - `keys`: of entities that are new or changed; absent: of all
 * @returns how many were found
 * @internal
 */
export async function rematch(
  tx: Knex.Transaction,
  options: { keys?: readonly string[] } = {},
): Promise<number> {
  let found = 0;
  for (let last: string | number = 0; ; ) {
    const sequences = await nextSequences(tx, last, options.keys);
    if (sequences.length === 0) {
      return found;
    }
    last = sequences[sequences.length - 1];
    found += await matchAgain(tx, sequences);
  }
}

async function nextSequences(
  tx: Knex.Transaction,
  after: string | number,
  keys: readonly string[] | undefined,
): Promise<(string | number)[]> {
  const query = tx('unmatched_keys')
    .distinct('event_sequence')
    .where('event_sequence', '>', after)
    .orderBy('event_sequence')
    .limit(BATCH);
  const narrowed = keys
    ? whereAny(tx, query, 'key', keys)
    : query.whereIn('key', tx('entity_keys').select('key'));
  const rows: { event_sequence: string | number }[] = await narrowed;
  return rows.map(row => row.event_sequence);
}

async function matchAgain(
  tx: Knex.Transaction,
  sequences: (string | number)[],
): Promise<number> {
  const rows: { event_sequence: string | number; key: string }[] =
    await whereAny(tx, tx('unmatched_keys'), 'event_sequence', sequences)
      .orderBy(['event_sequence', 'position'])
      .select('event_sequence', 'key');
  const index = await EntityIndex.read(
    tx,
    rows.map(({ key }) => key),
  );
  const keys = new Map<string | number, string[]>();
  for (const row of rows) {
    const ofEvent = keys.get(row.event_sequence) ?? [];
    keys.set(row.event_sequence, [...ofEvent, row.key]);
  }
  const matched = [...keys].flatMap(([sequence, ofEvent]) => {
    const entity = index.find(ofEvent);
    return entity ? [{ sequence, entity }] : [];
  });
  const unnamed = new Set(
    await whereAny(
      tx,
      tx('events').whereNull('entity_ref'),
      'sequence',
      matched.map(({ sequence }) => sequence),
    ).pluck('sequence'),
  );
  await updateRows(tx, {
    table: 'events',
    keys: ['sequence'],
    columns: ['entity_ref'],
    rows: matched
      .filter(({ sequence }) => unnamed.has(sequence))
      .map(({ sequence, entity }) => [sequence, entity.ref]),
  });
  await deleteRows(tx, {
    table: 'unmatched_keys',
    keys: ['event_sequence'],
    rows: matched.map(({ sequence }) => [sequence]),
  });
  await markDue(
    tx,
    matched.map(({ entity }) => entity.id),
  );
  return matched.length;
}
