import { lockForUpdate, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { populationKinds } from './populationKinds';
import { WrittenScorecard } from './writeScorecards';

/**
 * Makes every subject due that is or was in the population of a scorecard. The
 * population itself is known only where rules are evaluated; here it is narrowed
 * by the kinds that the scorecard names.
 *
 * @internal
 */
export async function markPopulations(
  tx: Knex.Transaction,
  options: { scorecards: readonly WrittenScorecard[]; now: number },
): Promise<void> {
  const { scorecards, now } = options;
  if (scorecards.length === 0) {
    return;
  }
  const kinds = scorecards.map(({ scorecard }) =>
    populationKinds(scorecard.population),
  );
  const affected = tx('subjects').whereNull('deleted_at').orderBy('id');
  if (kinds.every(some => some !== undefined)) {
    const standing = whereAny(
      tx,
      tx('standings').select('subject_id'),
      'scorecard_id',
      scorecards.map(({ id }) => id),
    );
    affected.where(either =>
      either.whereIn('kind', kinds.flat()).orWhereIn('id', standing),
    );
  }
  await tx('subjects')
    // Locked in the order of their ids, as everybody does
    .whereIn('id', lockForUpdate(tx, affected.select('id')))
    .update({ due_at: now });
}
