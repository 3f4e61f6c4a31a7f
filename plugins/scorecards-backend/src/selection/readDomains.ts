import { Knex } from 'knex';
import { SubjectFilter } from '../permissions/SubjectFilter';
import { subjectsOfKind } from './subjectsOfKind';

/**
 * Which domain each system is part of, as far as the caller may read the system.
 *
 * @internal
 */
export async function readDomains(
  knex: Knex,
  filter: SubjectFilter,
): Promise<Map<string, string>> {
  const query = subjectsOfKind(knex, 'system')
    .join('subject_search as domain', 'domain.subject_id', 'subjects.id')
    .where('domain.key', 'relations.partof')
    .whereLike('domain.value', 'domain:%')
    .orderBy('domain.value', 'desc')
    .select<{ ref: string; domain: string }[]>(
      'subjects.ref',
      'domain.value as domain',
    );
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, domain }) => [ref, domain]));
}
