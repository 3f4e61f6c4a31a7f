import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';

/**
 * What changed in the catalog since the last look.
 *
 * @public
 */
export interface CatalogChange {
  /** New ones, those that came back, and those of which something changed. */
  upserted: { id: number; ref: string; entity: Entity }[];
  /** Those that left the catalog; `id` and `ref` stay theirs. */
  deleted: { id: number; ref: string }[];
}

/**
 * Hears of changes of the catalog.
 *
 * @public
 */
export interface CatalogListener {
  /**
   * Called inside the transaction that writes the change, after it was written;
   * the rows of the entities are locked. Throwing undoes everything, and it will
   * be tried again.
   */
  onEntities(tx: Knex.Transaction, change: CatalogChange): Promise<void>;
}
