import { Knex } from 'knex';
import { CatalogTables } from '../catalog/CatalogTables';
import { whereAny } from '../database/whereAny';
import { GroupTree } from '../permissions/GroupTree';
import { EntityFilter } from '../permissions/EntityFilter';
import { EntitySelection, NONE } from './EntitySelection';
import { readDomains } from './readDomains';

type Narrow = (query: Knex.QueryBuilder) => void;

/**
 * Finds out what narrows a query on the entities to the entities that are asked for.
 *
 * @param options - `filter`: of the caller, for groups and systems that lead to them
 * @returns `undefined` when all of them are
 * @public
 */
export async function narrowToSelection(options: {
  knex: Knex;
  filter: EntityFilter;
  selection: EntitySelection;
}): Promise<Narrow | undefined> {
  const { knex, filter, selection } = options;
  const { search, tag, owner, system, domain } = selection;
  const { entities } = filter.tables;
  const parts: Narrow[] = [];
  if (owner !== undefined) {
    parts.push(await byOwner(knex, filter, owner));
  }
  if (system !== undefined) {
    parts.push(query => query.where(isIn(`${entities}.system_ref`, system)));
  }
  if (domain !== undefined) {
    parts.push(await byDomain(knex, filter, domain));
  }
  if (tag) {
    parts.push(
      bySearchKey(knex, filter.tables, ['metadata.tags'], key =>
        key.where('value', tag.toLowerCase()),
      ),
    );
  }
  if (search) {
    parts.push(
      bySearchKey(
        knex,
        filter.tables,
        ['metadata.name', 'metadata.title'],
        key =>
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
  filter: EntityFilter,
  owner: string | readonly string[],
): Promise<Narrow> {
  const { entities } = filter.tables;
  if (owner === NONE) {
    return query =>
      query.where(none =>
        none
          .whereNull(`${entities}.owner_ref`)
          // What belongs to one person belongs to no group
          .orWhereNot(`${entities}.owner_ref`, 'like', 'group:%'),
      );
  }
  const groups = await GroupTree.read(knex, filter);
  const refs = [
    ...new Set([owner].flat().flatMap(ref => groups.downwards(ref))),
  ];
  return query => whereAny(knex, query, `${entities}.owner_ref`, refs);
}

/** By what systems say of themselves; those that the caller may not read say nothing. */
async function byDomain(
  knex: Knex,
  filter: EntityFilter,
  domain: string,
): Promise<Narrow> {
  const { entities } = filter.tables;
  const domains = await readDomains(knex, filter);
  const systems = [...domains.keys()].filter(
    system => domain === NONE || domains.get(system) === domain,
  );
  const isPart = (query: Knex.QueryBuilder) =>
    whereAny(knex, query, `${entities}.system_ref`, systems);
  return domain === NONE
    ? query =>
        query.where(none =>
          none.whereNull(`${entities}.system_ref`).orWhereNot(isPart),
        )
    : isPart;
}

/** What the catalog would find, in lower case. */
function bySearchKey(
  knex: Knex,
  tables: CatalogTables,
  keys: readonly string[],
  narrow: Narrow,
): Narrow {
  const { entities, search, searchId } = tables;
  return query =>
    query.whereIn(
      `${entities}.id`,
      knex(search).whereIn('key', keys).modify(narrow).select(searchId),
    );
}
