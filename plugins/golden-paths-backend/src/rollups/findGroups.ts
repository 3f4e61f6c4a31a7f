import { insertRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ownerOfKey } from './groupKeys';

/**
 * The ids of groups, by key. Those that are new are made.
 *
 * @internal
 */
export async function findGroups(
  tx: Knex.Transaction,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const distinct = [...new Set(keys)].sort();
  const read = async () => {
    const rows: { id: number; key: string }[] = await whereAny(
      tx,
      tx('rollup_groups'),
      'key',
      distinct,
    ).select('id', 'key');
    return new Map(rows.map(({ id, key }) => [key, id]));
  };
  const found = await read();
  const missing = distinct.filter(key => !found.has(key));
  if (missing.length === 0) {
    return found;
  }
  await insertRows(tx, {
    table: 'rollup_groups',
    columns: ['key', 'owner'],
    rows: missing.map(key => [key, ownerOfKey(key)]),
    // Somebody else may be adding the same one: then this waits for the other
    onConflict: { columns: ['key'], merge: [] },
  });
  return read();
}
