import { Knex } from 'knex';
import { EntityFilter } from '../permissions/EntityFilter';
import { entitiesOfKind } from './entitiesOfKind';

/**
 * Which domain each system is part of, as far as the caller may read the system.
 *
 * @public
 */
export async function readDomains(
  knex: Knex,
  filter: EntityFilter,
): Promise<Map<string, string>> {
  const { tables } = filter;
  const { entities, search, searchId } = tables;
  const query = entitiesOfKind({ knex, tables, kind: 'system' })
    .join(`${search} as domain`, `domain.${searchId}`, `${entities}.id`)
    .where('domain.key', 'relations.partof')
    .whereLike('domain.value', 'domain:%')
    .orderBy('domain.value', 'desc')
    .select<{ ref: string; domain: string }[]>(
      `${entities}.ref`,
      'domain.value as domain',
    );
  filter(query, `${entities}.id`);
  return new Map((await query).map(({ ref, domain }) => [ref, domain]));
}
