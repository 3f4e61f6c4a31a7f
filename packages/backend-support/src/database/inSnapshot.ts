import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Reads with several queries what was there at one moment.
 *
 * @public
 */
export function inSnapshot<T>(
  knex: Knex,
  read: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(
    read,
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}
