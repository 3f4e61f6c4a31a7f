import { CatalogChange, updateRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lockEntities } from './lockEntities';

/**
 * Marks entities as gone. What happened to them stays, with their search keys, for
 * those who ask about the past.
 *
 * @param options - `entities`: with the etag they had when the catalog was looked
 * at; one that was written since then stays
 * @internal
 */
export async function deleteEntities(
  tx: Knex.Transaction,
  options: { entities: { ref: string; etag: string }[]; now: number },
): Promise<CatalogChange['deleted']> {
  const etags = new Map(options.entities.map(({ ref, etag }) => [ref, etag]));
  if (etags.size === 0) {
    return [];
  }
  const gone = (await lockEntities(tx, [...etags.keys()])).filter(
    ({ ref, etag, deletedAt }) =>
      deletedAt === undefined && etags.get(ref) === etag,
  );
  await updateRows(tx, {
    table: 'entities',
    keys: ['id'],
    columns: ['deleted_at'],
    rows: gone.map(({ id }) => [id, options.now]),
  });
  return gone.map(({ id, ref }) => ({ id, ref }));
}
