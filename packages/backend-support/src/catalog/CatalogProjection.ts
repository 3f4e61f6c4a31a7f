import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { CatalogChange } from './CatalogListener';
import { CatalogTables } from './CatalogTables';

/**
 * How a plugin keeps what it needs of entities.
 *
 * @public
 */
export interface CatalogProjection {
  readonly tables: CatalogTables;

  /**
   * Writes what differs.
   *
   * @returns those that are new, came back, or differ in what the plugin keeps
   */
  write(
    tx: Knex.Transaction,
    options: { entities: Entity[]; now: number },
  ): Promise<CatalogChange['upserted']>;

  /**
   * Marks entities as gone; their rows stay, for those who ask about the past.
   *
   * @param options - `entities`: with the etag they had when the catalog was
   * looked at; one that was written since then stays
   */
  remove(
    tx: Knex.Transaction,
    options: { entities: { ref: string; etag: string }[]; now: number },
  ): Promise<CatalogChange['deleted']>;
}
