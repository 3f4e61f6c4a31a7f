import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { insertRows } from '../database/insertRows';
import { whereAny } from '../database/whereAny';
import { searchKeys } from './searchKeys';

/**
 * Writes the search keys of subjects, where they differ.
 *
 * @internal
 */
export async function writeSearchKeys(
  tx: Knex.Transaction,
  subjects: { id: number; entity: Entity }[],
): Promise<void> {
  const ids = subjects.map(({ id }) => id);
  const present = new Map<number, Set<string>>();
  const rows: { subject_id: number; key: string; value: string | null }[] =
    await whereAny(tx, tx('subject_search'), 'subject_id', ids).select('*');
  for (const { subject_id: id, key, value } of rows) {
    const keys = present.get(id) ?? new Set();
    present.set(id, keys.add(JSON.stringify([key, value])));
  }

  const different = subjects
    .map(({ id, entity }) => ({ id, keys: searchKeys(entity) }))
    .filter(({ id, keys }) => {
      const before = present.get(id);
      return (
        before?.size !== keys.length ||
        !keys.every(({ key, value }) =>
          before.has(JSON.stringify([key, value])),
        )
      );
    });
  if (different.length === 0) {
    return;
  }
  await whereAny(
    tx,
    tx('subject_search'),
    'subject_id',
    different.map(({ id }) => id),
  ).delete();
  await insertRows(tx, {
    table: 'subject_search',
    columns: ['subject_id', 'key', 'value'],
    rows: different.flatMap(({ id, keys }) =>
      keys.map(({ key, value }) => [id, key, value]),
    ),
  });
}
