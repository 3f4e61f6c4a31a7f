import { Knex } from 'knex';
import { whereAny } from '../database/whereAny';
import { SubjectFilter } from './SubjectFilter';

/**
 * Narrows a query to subjects.
 *
 * @param column - that holds the id of a subject
 * @internal
 */
export type NarrowSubjects = (query: Knex.QueryBuilder, column: string) => void;

/**
 * Lists the subjects that a caller may read, for queries over many rows of each.
 *
 * Handed over as one array, it is the difference between 80 and 800 ms at a million
 * outcomes: PostgreSQL hashes the array and shares the scan between workers, which
 * it does not do for a condition with sub-queries.
 *
 * @param options - `select`: gets a query on `subjects`, to leave out those that are
 * not asked for
 * @internal
 */
export async function listReadable(options: {
  knex: Knex;
  filter: SubjectFilter;
  select?: (query: Knex.QueryBuilder) => void;
}): Promise<NarrowSubjects> {
  const { knex, filter, select } = options;
  if (filter.everything && !select) {
    return () => {};
  }
  const query = knex('subjects').select<{ id: number }[]>('subjects.id');
  filter(query, 'subjects.id');
  select?.(query);
  const ids = (await query).map(({ id }) => id);
  return (narrowed, column) => {
    whereAny(knex, narrowed, column, ids);
  };
}
