import { Entity } from '@backstage/catalog-model';
import {
  CatalogChange,
  ColumnValue,
  insertRows,
  whereAny,
  writeSearchKeys,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { CATALOG_TABLES } from './catalogTables';
import { lockEntities } from './lockEntities';
import { EntityRow, toEntityRow } from './toEntityRow';

const KEPT = [
  'ref',
  'kind',
  'type',
  'lifecycle',
  'title',
  'etag',
  'owner_ref',
  'system_ref',
] as const satisfies readonly (keyof EntityRow)[];

const COLUMNS = ['id', ...KEPT, 'first_seen_at', 'deleted_at'];

/** Of an entity that has not been written yet; the catalog has no such etag. */
const NO_ETAG = ' ';

/**
 * Writes what differs of entities.
 *
 * @returns those that are new, came back, or have another etag
 * @internal
 */
export async function writeEntities(
  tx: Knex.Transaction,
  options: { entities: Entity[]; now: number },
): Promise<CatalogChange['upserted']> {
  const { entities, now } = options;
  if (entities.length === 0) {
    return [];
  }
  const wanted = new Map(
    entities.map(entity => {
      const row = toEntityRow(entity);
      return [row.ref, { entity, row }];
    }),
  );
  await insertMissing(
    tx,
    [...wanted.values()].map(({ row }) => row),
    now,
  );

  const upserted: CatalogChange['upserted'] = [];
  const rows: ColumnValue[][] = [];
  for (const { id, ref, etag, deletedAt } of await lockEntities(tx, [
    ...wanted.keys(),
  ])) {
    const { entity, row } = wanted.get(ref)!;
    if (etag === row.etag && deletedAt === undefined) {
      continue;
    }
    rows.push([id, ...KEPT.map(column => row[column]), now, null]);
    upserted.push({ id, ref, entity });
  }
  await insertRows(tx, {
    table: 'entities',
    columns: COLUMNS,
    rows,
    // It keeps the moment at which it was first seen
    onConflict: { columns: ['id'], merge: [...KEPT, 'deleted_at'] },
  });
  await writeSearchKeys(tx, { tables: CATALOG_TABLES, entities: upserted });
  return upserted;
}

async function insertMissing(
  tx: Knex.Transaction,
  rows: EntityRow[],
  now: number,
): Promise<void> {
  const refs = rows.map(({ ref }) => ref);
  const present = new Set(
    await whereAny(tx, tx('entities'), 'ref', refs).pluck('ref'),
  );
  await insertRows(tx, {
    table: 'entities',
    columns: ['ref', 'kind', 'etag', 'first_seen_at'],
    rows: rows
      .filter(({ ref }) => !present.has(ref))
      .map(({ ref, kind }) => [ref, kind, NO_ETAG, now]),
    // Somebody else may be adding the same one: then this waits for the other
    onConflict: { columns: ['ref'], merge: [] },
  });
}
