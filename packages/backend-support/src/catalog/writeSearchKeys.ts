import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { insertRows } from '../database/insertRows';
import { whereAny } from '../database/whereAny';
import { CatalogTables } from './CatalogTables';
import { searchKeys } from './searchKeys';

/**
 * Writes the search keys of entities, where they differ.
 *
 * @public
 */
export async function writeSearchKeys(
  tx: Knex.Transaction,
  options: {
    tables: CatalogTables;
    entities: readonly { id: number; entity: Entity }[];
  },
): Promise<void> {
  const { entities } = options;
  const { search, searchId } = options.tables;
  const ids = entities.map(({ id }) => id);
  const present = new Map<number, Set<string>>();
  const rows: { id: number; key: string; value: string | null }[] =
    await whereAny(tx, tx(search), searchId, ids).select({
      id: searchId,
      key: 'key',
      value: 'value',
    });
  for (const { id, key, value } of rows) {
    const keys = present.get(id) ?? new Set();
    present.set(id, keys.add(JSON.stringify([key, value])));
  }

  const different = entities
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
    tx(search),
    searchId,
    different.map(({ id }) => id),
  ).delete();
  await insertRows(tx, {
    table: search,
    columns: [searchId, 'key', 'value'],
    rows: different.flatMap(({ id, keys }) =>
      keys.map(({ key, value }) => [id, key, value]),
    ),
  });
}
