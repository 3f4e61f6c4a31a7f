import { FirstStepsRow } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { FirstStepsRecord, toFirstStepsRow } from './FirstStepsRecord';

/** The name of an entity in its ref, when it has no title. */
export const TITLE = 'coalesce(entities.title, entities.ref)';

/**
 * How one entity came to life.
 *
 * @returns undefined when it was there before anybody looked
 * @internal
 */
export async function readFirstStepsOf(
  knex: Knex,
  entityId: number,
): Promise<FirstStepsRow | undefined> {
  const record: FirstStepsRecord | undefined = await knex('first_steps')
    .join('entities', 'entities.id', 'first_steps.entity_id')
    .where('first_steps.entity_id', entityId)
    .first(
      'first_steps.*',
      'entities.ref',
      'entities.owner_ref',
      knex.raw(`${TITLE} as name`),
    );
  return record && toFirstStepsRow(record);
}
