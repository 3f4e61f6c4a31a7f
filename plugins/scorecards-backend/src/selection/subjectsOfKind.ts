import { Knex } from 'knex';

/**
 * The entities of a kind that the catalog has, as `subjects`.
 *
 * @param kind - in lower case
 * @internal
 */
export function subjectsOfKind(knex: Knex, kind: string): Knex.QueryBuilder {
  return knex('subject_search as kind')
    .join('subjects', 'subjects.id', 'kind.subject_id')
    .where({ 'kind.key': 'kind', 'kind.value': kind })
    .whereNull('subjects.deleted_at');
}
