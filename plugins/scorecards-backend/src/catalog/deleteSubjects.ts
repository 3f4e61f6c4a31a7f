import { CatalogChange, updateRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lockSubjects } from './lockSubjects';

/**
 * Marks subjects as gone. Their rows, facts and search keys stay, for those who
 * ask about the past.
 *
 * @param options - `subjects`: with the etag they had when the catalog was
 * looked at; one that was written since then stays
 * @internal
 */
export async function deleteSubjects(
  tx: Knex.Transaction,
  options: { subjects: { ref: string; etag: string }[]; now: number },
): Promise<CatalogChange['deleted']> {
  const etags = new Map(options.subjects.map(({ ref, etag }) => [ref, etag]));
  if (etags.size === 0) {
    return [];
  }
  const locked = await lockSubjects(tx, [...etags.keys()]);
  const gone = locked.filter(
    ({ ref, etag, deletedAt }) =>
      deletedAt === undefined && etags.get(ref) === etag,
  );
  await updateRows(tx, {
    table: 'subjects',
    keys: ['id'],
    columns: ['version', 'due_at', 'deleted_at'],
    rows: gone.map(({ id, version }) => [id, version + 1, null, options.now]),
  });
  return gone.map(({ id, ref }) => ({ id, ref }));
}
