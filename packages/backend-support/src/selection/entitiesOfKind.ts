import { Knex } from 'knex';
import { CatalogTables } from '../catalog/CatalogTables';

/**
 * The entities of a kind that the catalog has, under the name of their table.
 *
 * @param options - `kind`: in lower case
 * @public
 */
export function entitiesOfKind(options: {
  knex: Knex;
  tables: CatalogTables;
  kind: string;
}): Knex.QueryBuilder {
  const { knex, kind } = options;
  const { entities, search, searchId } = options.tables;
  return knex(`${search} as kind`)
    .join(entities, `${entities}.id`, `kind.${searchId}`)
    .where({ 'kind.key': 'kind', 'kind.value': kind })
    .whereNull(`${entities}.deleted_at`);
}
