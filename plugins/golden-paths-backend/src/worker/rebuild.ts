import { createHash } from 'node:crypto';
import { canonicalJson, inTransaction } from '@waymark/backend-support';
import { JsonValue } from '@backstage/types';
import { Knex } from 'knex';
import { rebuildGroupSums } from '../rollups/rebuildGroupSums';
import { DeriveSettings } from '../derive/Derived';
import { readState, writeState } from './derivationState';

/**
 * Of everything on which derived rows depend beside events.
 *
 * @param version - of the derivation itself
 * @internal
 */
export function digestOf(settings: DeriveSettings, version: JsonValue): string {
  return createHash('sha256')
    .update(canonicalJson([version, settings]))
    .digest('hex');
}

/**
 * Has everything derived anew where it was made with other settings, or by another
 * version.
 *
 * @returns whether it has to be
 * @internal
 */
export async function adoptDigest(
  knex: Knex,
  digest: string,
): Promise<boolean> {
  return inTransaction(knex, async tx => {
    if ((await readState(tx, 'digest')) === digest) {
      return false;
    }
    await writeState(tx, 'digest', digest);
    await markAllDue(tx);
    return true;
  });
}

/**
 * Has everything derived anew from events. Whatever was lost or changed of derived
 * rows is mended by that; weeks from before the retention stay as they are.
 *
 * @internal
 */
export async function rebuild(knex: Knex): Promise<void> {
  await inTransaction(knex, async tx => {
    await rebuildGroupSums(tx);
    await markAllDue(tx);
  });
}

async function markAllDue(tx: Knex.Transaction): Promise<void> {
  await tx.raw(
    `insert into due (entity_id) select id from entities order by id`,
  );
}
