import { Knex } from 'knex';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { LevelTally } from './LevelTally';

/**
 * How many stood where at the end of each day on which something moved, of all
 * entities.
 *
 * @param options - `from`, `to`: days since 1970; of the days before `from` the
 * last one that there is comes too
 * @returns by the id of the scorecard, by day, earliest first
 * @internal
 */
export async function readRollups(
  tx: Knex,
  options: {
    scorecards: readonly ScorecardDefinition[];
    from: number;
    to: number;
  },
): Promise<ReadonlyMap<number, Map<number, LevelTally>>> {
  const { from, to } = options;
  const ids = options.scorecards.map(({ id }) => id);
  const before = tx('level_rollups as earlier')
    .max('earlier.day')
    .where('earlier.scorecard_id', tx.ref('level_rollups.scorecard_id'))
    .where('earlier.day', '<=', from);
  const rows = await tx('level_rollups')
    .whereIn('scorecard_id', ids)
    .where('day', '<=', to)
    .where(either => either.where('day', '>', from).orWhere('day', '=', before))
    .orderBy('day')
    .select<
      {
        scorecard_id: number;
        day: number;
        level: number;
        subjects: number;
        scored: number;
        score_sum: number;
      }[]
    >('scorecard_id', 'day', 'level', 'subjects', 'scored', 'score_sum');

  const tallies = new Map<number, Map<number, LevelTally>>();
  for (const row of rows) {
    const days = tallies.get(row.scorecard_id) ?? new Map();
    tallies.set(row.scorecard_id, days);
    const tally = days.get(row.day) ?? new LevelTally();
    days.set(row.day, tally);
    tally.add({
      level: row.level,
      subjects: row.subjects,
      scored: row.scored,
      scoreSum: row.score_sum,
    });
  }
  return tallies;
}
