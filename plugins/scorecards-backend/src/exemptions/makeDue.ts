import { lockForUpdate, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/**
 * Makes subjects due at a time, unless they are earlier or not in the catalog. Whoever evaluates one of
 * them at the moment says at its end when it is due: that is waited for, since it
 * knows nothing of what this transaction wrote.
 *
 * @internal
 */
export async function makeDue(
  tx: Knex.Transaction,
  options: { subjectIds: readonly number[]; at: number },
): Promise<void> {
  const { subjectIds, at } = options;
  const locked: { id: number }[] = await lockForUpdate(
    tx,
    whereAny(tx, tx('subjects'), 'id', subjectIds)
      .whereNull('deleted_at')
      .orderBy('id')
      .select('id'),
  );
  await whereAny(
    tx,
    tx('subjects'),
    'id',
    locked.map(({ id }) => id),
  )
    .where(later => later.whereNull('due_at').orWhere('due_at', '>', at))
    .update({ due_at: at });
}
