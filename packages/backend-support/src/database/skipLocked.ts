import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Locks the rows of a query until the transaction ends, and passes over those
 * that somebody else has locked.
 *
 * @public
 */
export function skipLocked<T extends Knex.QueryBuilder>(
  tx: Knex.Transaction,
  query: T,
): T {
  return (isPostgres(tx) ? query.forUpdate().skipLocked() : query) as T;
}
