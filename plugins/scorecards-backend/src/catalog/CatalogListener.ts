import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';

/**
 * What changed in the catalog since the last look.
 *
 * @internal
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
 * @internal
 */
export interface CatalogListener {
  /**
   * Called inside the transaction that writes the change, after it was written;
   * the rows of the subjects are locked. Throwing undoes everything, and it will
   * be tried again.
   */
  onEntities(tx: Knex.Transaction, change: CatalogChange): Promise<void>;
}
