import { Knex } from 'knex';
import { readState } from './derivationState';

/** Before all weeks. */
const NONE = '0000-00-00';

/**
 * The first week whose rollups still follow events. Events from before it may be
 * gone; what they said stays.
 *
 * @internal
 */
export async function readFrozenWeek(
  knex: Knex | Knex.Transaction,
): Promise<string> {
  return (await readState(knex, 'frozen-week')) ?? NONE;
}
