import { Knex } from 'knex';

/** What is remembered of derivations as a whole. */
type StateKey = 'digest' | 'frozen-week';

/** @internal */
export async function readState(
  knex: Knex | Knex.Transaction,
  key: StateKey,
): Promise<string | undefined> {
  const row = await knex('derivation').where({ key }).first('value');
  return row?.value;
}

/** @internal */
export async function writeState(
  tx: Knex.Transaction,
  key: StateKey,
  value: string,
): Promise<void> {
  await tx('derivation').insert({ key, value }).onConflict('key').merge();
}
