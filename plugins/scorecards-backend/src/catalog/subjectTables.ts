import { CatalogTables } from '@waymark/backend-support';

/**
 * Where this plugin keeps entities.
 *
 * @internal
 */
export const SUBJECT_TABLES: CatalogTables = {
  entities: 'subjects',
  search: 'subject_search',
  searchId: 'subject_id',
};
