/**
 * The tables in which a plugin keeps what it needs of the catalog, for the
 * conditions of permissions and for filters.
 *
 * @public
 */
export interface CatalogTables {
  /**
   * One row per entity that is or was in the catalog, with the columns `id`,
   * `ref`, `title`, `etag`, `owner_ref`, `system_ref` and `deleted_at`.
   */
  readonly entities: string;
  /** The search keys of each, with the columns `key` and `value`. */
  readonly search: string;
  /** The column of `search` that holds the id of the entity. */
  readonly searchId: string;
}
