import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * All rows of a query as one JSON array of arrays: several lists then come with
 * one statement, and thus of one moment.
 *
 * Numbers come as numbers, also those that PostgreSQL would hand out as text.
 *
 * @param columns - qualified names
 * @public
 */
export function jsonRows(
  knex: Knex,
  query: Knex.QueryBuilder,
  columns: readonly string[],
): Knex.QueryBuilder {
  const names = columns.map(() => '??').join(', ');
  return query.select(
    knex.raw(
      isPostgres(knex)
        ? `json_agg(json_build_array(${names}))`
        : `json_group_array(json_array(${names}))`,
      [...columns],
    ),
  );
}

/**
 * What {@link jsonRows} selected.
 *
 * @public
 */
export function readJsonRows<T extends readonly unknown[]>(
  value: unknown,
): readonly T[] {
  // PostgreSQL has nothing where there are no rows, and parses by itself
  const rows = typeof value === 'string' ? JSON.parse(value) : value;
  return rows ?? [];
}
