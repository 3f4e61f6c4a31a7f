import { Knex } from 'knex';
import { conforms } from './conforms';
import { decisionColumns, DeviationRow, readDecisions } from './deviationRows';
import { stateOf } from './stateOf';

/**
 * Brings the deviations of an entity in line with what was decided and with the
 * time, and with them whether it conforms.
 *
 * @internal
 */
export async function reconsider(
  tx: Knex.Transaction,
  options: { entityId: number; now: number },
): Promise<void> {
  const { entityId, now } = options;
  const rows: DeviationRow[] = await tx('deviations')
    .where({ entity_id: entityId })
    .orderBy('id');
  const decisions = await readDecisions(
    tx,
    rows.map(({ id }) => id),
  );
  const states: Pick<DeviationRow, 'kind' | 'state'>[] = [];
  for (const { id, kind, reason } of rows) {
    const last = decisions.get(id)?.at(-1);
    const state = stateOf({ reason: reason ?? undefined, last, now });
    states.push({ kind, state });
    await tx<DeviationRow>('deviations')
      .where({ id })
      .update({ state, ...decisionColumns(last, reason ?? undefined) });
  }
  await tx('provenance')
    .where({ entity_id: entityId })
    .whereNotNull('template_ref')
    .update({ conformant: conforms(states) });
}
