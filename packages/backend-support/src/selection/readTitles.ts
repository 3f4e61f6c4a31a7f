import { Knex } from 'knex';
import { whereAny } from '../database/whereAny';
import { EntityFilter } from '../permissions/EntityFilter';

/**
 * The titles of entities, by their ref, of those that have one and that the caller
 * may read.
 *
 * @public
 */
export async function readTitles(options: {
  knex: Knex;
  filter: EntityFilter;
  refs: Iterable<string>;
}): Promise<ReadonlyMap<string, string>> {
  const { knex, filter, refs } = options;
  const distinct = [...new Set(refs)];
  if (distinct.length === 0) {
    return new Map();
  }
  const { entities } = filter.tables;
  const query = whereAny(knex, knex(entities), `${entities}.ref`, distinct)
    .whereNotNull(`${entities}.title`)
    .whereNull(`${entities}.deleted_at`)
    .select<{ ref: string; title: string }[]>(
      `${entities}.ref`,
      `${entities}.title`,
    );
  filter(query, `${entities}.id`);
  return new Map((await query).map(({ ref, title }) => [ref, title]));
}
