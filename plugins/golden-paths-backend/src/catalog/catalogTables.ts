import { CatalogTables } from '@waymark/backend-support';

/**
 * Where this plugin keeps entities.
 *
 * @internal
 */
export const CATALOG_TABLES: CatalogTables = {
  entities: 'entities',
  search: 'entity_search',
  searchId: 'entity_id',
};
