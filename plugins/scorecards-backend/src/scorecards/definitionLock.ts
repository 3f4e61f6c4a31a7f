import { randomUUID } from 'node:crypto';
import { insertRows, isPostgres } from '@waymark/backend-support';
import { Knex } from 'knex';

const KEY = 'scorecards.definitions';

/**
 * Waits for others and keeps them away until the transaction ends: evaluations
 * share it among each other, and who changes scorecards has it alone. So nothing
 * is written by a definition that is no longer there.
 *
 * It is no lock on a row: an evaluation that finds nothing new would write to the
 * disk with that. Whoever has it must never wait for the row of a subject.
 *
 * @internal
 */
export async function lockDefinitions(
  tx: Knex.Transaction,
  mode: 'shared' | 'exclusive',
): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw(
      `select pg_advisory_xact_lock${
        mode === 'shared' ? '_shared' : ''
      }(hashtext(?), hashtext(current_schema()::text))`,
      [`waymark.${KEY}`],
    );
  }
}

/**
 * Tells whether scorecards have changed, whatever it was.
 *
 * @internal
 */
export async function readGeneration(tx: Knex): Promise<string> {
  const row = await tx('progress').where({ key: KEY }).first('value');
  return row?.value ?? '';
}

/**
 * Says that scorecards have changed.
 *
 * @internal
 */
export async function changeGeneration(tx: Knex.Transaction): Promise<void> {
  await insertRows(tx, {
    table: 'progress',
    columns: ['key', 'value'],
    rows: [[KEY, randomUUID()]],
    onConflict: { columns: ['key'], merge: ['value'] },
  });
}
