import { lockForUpdate, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/** @internal */
export interface LockedEntity {
  id: number;
  ref: string;
  etag: string;
  deletedAt: number | undefined;
}

/**
 * Locks the entities with these refs, in the order of their ids.
 *
 * @internal
 */
export async function lockEntities(
  tx: Knex.Transaction,
  refs: string[],
): Promise<LockedEntity[]> {
  const rows: {
    id: number;
    ref: string;
    etag: string;
    deleted_at: string | number | null;
  }[] = await lockForUpdate(
    tx,
    whereAny(tx, tx('entities'), 'ref', refs)
      .orderBy('id')
      .select('id', 'ref', 'etag', 'deleted_at'),
  );
  return rows.map(({ deleted_at: deletedAt, ...row }) => ({
    ...row,
    deletedAt: toMillis(deletedAt),
  }));
}
