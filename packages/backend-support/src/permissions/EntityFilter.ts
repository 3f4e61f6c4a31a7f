import { Knex } from 'knex';
import { CatalogTables } from '../catalog/CatalogTables';

/**
 * Narrows a query to the entities that one caller may read.
 *
 * Every query that says anything about entities, be it only their number, goes
 * through one of these.
 *
 * @public
 */
export interface EntityFilter {
  /**
   * @param column - that holds the id of an entity, such as `outcomes.subject_id`
   */
  (query: Knex.QueryBuilder, column: string): void;
  /** Whether the caller may read all entities there are. */
  readonly everything: boolean;
  /** Where the entities are. */
  readonly tables: CatalogTables;
}

/**
 * A filter by what narrows the table of entities.
 *
 * @param options - `narrow`: gets a query on the entities, as `readable`; absent:
 * everything is readable
 * @public
 */
export function createEntityFilter(options: {
  knex: Knex;
  tables: CatalogTables;
  narrow?: (query: Knex.QueryBuilder) => void;
}): EntityFilter {
  const { knex, tables, narrow } = options;
  const filter = (query: Knex.QueryBuilder, column: string) => {
    if (narrow) {
      // Over entities, not over the many rows of the query: a condition is then
      // decided once for each entity
      query.whereIn(
        column,
        knex(`${tables.entities} as readable`)
          .select('readable.id')
          .modify(narrow),
      );
    }
  };
  return Object.assign(filter, { everything: narrow === undefined, tables });
}
