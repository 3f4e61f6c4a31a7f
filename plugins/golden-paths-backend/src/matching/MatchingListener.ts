import {
  CatalogChange,
  CatalogListener,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { markDue } from '../worker/markDue';
import { entityKeys } from './entityKeys';
import { rematch } from './rematch';
import { retireEntityKeys, writeEntityKeys } from './writeEntityKeys';

/**
 * Keeps by what events name entities, and gives events to the entities they speak
 * for as soon as these appear, are renamed or come back.
 *
 * @internal
 */
export class MatchingListener implements CatalogListener {
  async onEntities(
    tx: Knex.Transaction,
    { upserted, deleted }: CatalogChange,
  ): Promise<void> {
    const refKeys = [
      ...(await retireEntityKeys(
        tx,
        deleted.map(({ id }) => id),
      )),
      ...(await writeEntityKeys(tx, upserted)),
    ];
    // Whoever had the history of these refs, and whoever has it now
    await markDue(
      tx,
      await whereAny(tx, tx('entity_keys'), 'key', refKeys).pluck('entity_id'),
    );
    await rematch(tx, {
      keys: upserted.flatMap(({ entity }) =>
        entityKeys(entity).map(({ key }) => key),
      ),
    });
  }
}
