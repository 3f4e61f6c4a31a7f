import { inTransaction } from '@waymark/backend-support';
import { Knex } from 'knex';
import { reconsider } from './reconsider';

/**
 * Deviations that were approved for a time that is over count as deviations again.
 *
 * @returns the entities that have them
 * @internal
 */
export async function expireDeviations(options: {
  knex: Knex;
  now: number;
}): Promise<number[]> {
  const { knex, now } = options;
  const entityIds: number[] = await knex('deviations')
    .where({ state: 'approved' })
    .where('expires_at', '<=', now)
    .distinct()
    .pluck('entity_id');
  for (const entityId of entityIds) {
    await inTransaction(knex, tx => reconsider(tx, { entityId, now }));
  }
  return entityIds;
}
