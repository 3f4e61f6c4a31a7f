import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { FoundDeviation } from '../provenance/findDeviations';
import { decisionColumns, DeviationRow, readDecisions } from './deviationRows';
import { deviationId } from './deviationId';
import { stateOf } from './stateOf';

/**
 * Writes the deviations of an entity as they were found, with what was decided about
 * each.
 *
 * @returns those that are there now, and the paths of those that have ended
 * @internal
 */
export async function syncDeviations(
  tx: Knex.Transaction,
  options: {
    entity: { id: number; ref: string };
    templateRef: string | undefined;
    found: readonly FoundDeviation[];
    now: number;
  },
): Promise<{
  states: Pick<DeviationRow, 'kind' | 'state'>[];
  ended: string[];
}> {
  const { entity, templateRef, now } = options;
  const found = templateRef === undefined ? [] : options.found;
  const ids = found.map(({ path }) => deviationId(entity.ref, path));
  const decisions = await readDecisions(tx, ids);
  const before: DeviationRow[] = await tx('deviations').where({
    entity_id: entity.id,
  });
  const since = new Map(before.map(row => [row.id, row]));

  const rows = found.map(({ path, kind, reason }, index): DeviationRow => {
    const id = ids[index];
    const last = decisions.get(id)?.at(-1);
    const earlier = since.get(id);
    return {
      id,
      entity_id: entity.id,
      template_ref: templateRef ?? '',
      path,
      kind,
      reason: reason ?? null,
      state: stateOf({ reason, last, now }),
      // What was only announced begins when it is done
      since:
        earlier && (earlier.kind === 'declared') === (kind === 'declared')
          ? Number(earlier.since)
          : now,
      ...decisionColumns(last, reason),
      // Another reason asks anew
      told_at: earlier?.reason === (reason ?? null) ? earlier.told_at : null,
    };
  });
  const gone = before.filter(({ id }) => !ids.includes(id));
  if (gone.length > 0) {
    await whereAny(
      tx,
      tx('deviations'),
      'id',
      gone.map(({ id }) => id),
    ).delete();
  }
  for (const row of rows) {
    await tx<DeviationRow>('deviations').insert(row).onConflict('id').merge();
  }
  return {
    states: rows,
    // Of what follows no path any more, or cannot be read, nothing is known
    ended: templateRef === undefined ? [] : gone.map(({ path }) => path),
  };
}
