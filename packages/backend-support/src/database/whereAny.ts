import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Narrows a query to rows with one of many values: one binding, however many
 * they are.
 *
 * @public
 */
export function whereAny<T extends Knex.QueryBuilder>(
  knex: Knex | Knex.Transaction,
  query: T,
  column: string,
  values: readonly (string | number)[],
): T {
  return (
    isPostgres(knex)
      ? query.whereRaw('?? = any(?)', [column, values as string[]])
      : query.whereRaw('?? in (select value from json_each(?))', [
          column,
          JSON.stringify(values),
        ])
  ) as T;
}
