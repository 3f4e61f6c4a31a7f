import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Locks the rows of a query until the transaction ends; SQLite has one writer
 * anyway. Order the query by id, so that two transactions never wait for each
 * other.
 *
 * @public
 */
export function lockForUpdate<T extends Knex.QueryBuilder>(
  tx: Knex.Transaction,
  query: T,
): T {
  return (isPostgres(tx) ? query.forUpdate() : query) as T;
}
