import { Knex } from 'knex';

/**
 * `column in (…)` for a set of any size: the values travel as one JSON value, so
 * that no limit on the number of bindings is met.
 *
 * @internal
 */
export function whereInSet(
  query: Knex.QueryBuilder,
  column: string,
  values: string[],
): Knex.QueryBuilder {
  const isPostgres = query.client.config.client === 'pg';
  return query.whereRaw(
    isPostgres
      ? '?? in (select jsonb_array_elements_text(?::jsonb))'
      : '?? in (select value from json_each(?))',
    [column, JSON.stringify(values)],
  );
}
