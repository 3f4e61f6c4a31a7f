import { insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';

/**
 * Has entities derived anew, once the transaction is committed.
 *
 * @internal
 */
export async function markDue(
  tx: Knex | Knex.Transaction,
  entityIds: Iterable<number>,
): Promise<void> {
  await insertRows(tx, {
    table: 'due',
    columns: ['entity_id'],
    rows: [...new Set(entityIds)].map(id => [id]),
  });
}
