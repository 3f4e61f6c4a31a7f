import { Knex } from 'knex';
import { whereAny } from '../database/whereAny';
import { GroupTree } from '../permissions/GroupTree';
import { SubjectFilter } from '../permissions/SubjectFilter';
import { EntitySelection, NONE } from './EntitySelection';
import { readDomains } from './readDomains';

type Narrow = (query: Knex.QueryBuilder) => void;

/**
 * Finds out what narrows a query on `subjects` to the entities that are asked for.
 *
 * @param options - `filter`: of the caller, for groups and systems that lead to them
 * @returns `undefined` when all of them are
 * @internal
 */
export async function narrowToSelection(options: {
  knex: Knex;
  filter: SubjectFilter;
  selection: EntitySelection;
}): Promise<Narrow | undefined> {
  const { knex, filter, selection } = options;
  const { search, tag, owner, system, domain } = selection;
  const parts: Narrow[] = [];
  if (owner !== undefined) {
    parts.push(await byOwner(knex, filter, owner));
  }
  if (system !== undefined) {
    parts.push(query => query.where(isIn('subjects.system_ref', system)));
  }
  if (domain !== undefined) {
    parts.push(await byDomain(knex, filter, domain));
  }
  if (tag) {
    parts.push(
      bySearchKey(knex, ['metadata.tags'], key =>
        key.where('value', tag.toLowerCase()),
      ),
    );
  }
  if (search) {
    parts.push(
      bySearchKey(knex, ['metadata.name', 'metadata.title'], key =>
        key.whereRaw("value like ? escape '\\'", [
          `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`,
        ]),
      ),
    );
  }
  return parts.length > 0
    ? query => parts.forEach(narrow => narrow(query))
    : undefined;
}

function isIn(
  column: string,
  ref: string,
): { [column: string]: string | null } {
  return { [column]: ref === NONE ? null : ref };
}

async function byOwner(
  knex: Knex,
  filter: SubjectFilter,
  owner: string | readonly string[],
): Promise<Narrow> {
  if (owner === NONE) {
    return query =>
      query.where(none =>
        none
          .whereNull('subjects.owner_ref')
          // What belongs to one person belongs to no group
          .orWhereNot('subjects.owner_ref', 'like', 'group:%'),
      );
  }
  const groups = await GroupTree.read(knex, filter);
  const refs = [
    ...new Set([owner].flat().flatMap(ref => groups.downwards(ref))),
  ];
  return query => whereAny(knex, query, 'subjects.owner_ref', refs);
}

/** By what systems say of themselves; those that the caller may not read say nothing. */
async function byDomain(
  knex: Knex,
  filter: SubjectFilter,
  domain: string,
): Promise<Narrow> {
  const domains = await readDomains(knex, filter);
  const systems = [...domains.keys()].filter(
    system => domain === NONE || domains.get(system) === domain,
  );
  const isPart = (query: Knex.QueryBuilder) =>
    whereAny(knex, query, 'subjects.system_ref', systems);
  return domain === NONE
    ? query =>
        query.where(none =>
          none.whereNull('subjects.system_ref').orWhereNot(isPart),
        )
    : isPart;
}

/** What the catalog would find, in lower case. */
function bySearchKey(
  knex: Knex,
  keys: readonly string[],
  narrow: Narrow,
): Narrow {
  return query =>
    query.whereIn(
      'subjects.id',
      knex('subject_search')
        .whereIn('key', keys)
        .modify(narrow)
        .select('subject_id'),
    );
}
