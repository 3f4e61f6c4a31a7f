import { Knex } from 'knex';
import { whereAny } from '../database/whereAny';
import { SubjectFilter } from '../permissions/SubjectFilter';

/**
 * The titles of entities, by their ref, of those that have one and that the caller
 * may read.
 *
 * @internal
 */
export async function readTitles(options: {
  knex: Knex;
  filter: SubjectFilter;
  refs: Iterable<string>;
}): Promise<ReadonlyMap<string, string>> {
  const { knex, filter, refs } = options;
  const distinct = [...new Set(refs)];
  if (distinct.length === 0) {
    return new Map();
  }
  const query = whereAny(knex, knex('subjects'), 'subjects.ref', distinct)
    .whereNotNull('subjects.title')
    .whereNull('subjects.deleted_at')
    .select<{ ref: string; title: string }[]>('subjects.ref', 'subjects.title');
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, title }) => [ref, title]));
}
