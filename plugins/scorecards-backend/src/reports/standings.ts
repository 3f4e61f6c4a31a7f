import { Knex } from 'knex';
import { ReportScope } from './ReportScope';
import { LevelRow, LevelTally } from './LevelTally';

/** By the id of the scorecard. */
export type Tallies = Map<number, LevelTally>;

type Scope = Pick<ReportScope, 'narrow' | 'scorecards' | 'someScorecards'>;

const DAY_MS = 86_400_000;

const COUNTS =
  'count(*) as subjects, count(score) as scored, sum(score) as score_sum';

/**
 * Where the entities of each scorecard stand now.
 *
 * @internal
 */
export async function countStandings(tx: Knex, scope: Scope): Promise<Tallies> {
  const query = tx('standings').groupBy('scorecard_id', 'level').select<
    {
      scorecard_id: number;
      level: number;
      subjects: string | number;
      scored: string | number;
      score_sum: number | null;
    }[]
  >('scorecard_id', 'level', tx.raw(COUNTS));
  narrowScorecards(query, scope);
  scope.narrow(query, 'standings.subject_id');

  const tallies: Tallies = new Map(
    scope.scorecards.map(({ id }) => [id, new LevelTally()]),
  );
  for (const row of await query) {
    tallies.get(row.scorecard_id)?.add({
      level: row.level,
      subjects: Number(row.subjects),
      scored: Number(row.scored),
      scoreSum: row.score_sum ?? 0,
    });
  }
  return tallies;
}

/**
 * Where the entities of each scorecard stood at a time.
 *
 * @param asOf - in milliseconds. Default: now
 * @internal
 */
export async function countStandingsAsOf(
  tx: Knex,
  scope: Scope,
  asOf: number | undefined,
): Promise<Tallies> {
  const counted = await countStandings(tx, scope);
  if (asOf !== undefined) {
    for (const change of await readChanges(tx, scope, asOf)) {
      const tally = counted.get(change.scorecardId);
      if (tally) {
        change.undo(tally);
      }
    }
  }
  return counted;
}

/** What changed on one day. */
export interface DayOfChanges {
  scorecardId: number;
  /** Days since 1970, UTC. */
  day: number;
  /** Undo it on a tally, and it tells how things stood before. */
  undo(tally: LevelTally): void;
}

/**
 * How entities moved after a time, in no order.
 *
 * Counting back from today reads only what has changed since, and does not need
 * the transitions that have outlived their retention.
 *
 * @param after - in milliseconds
 * @internal
 */
export async function readChanges(
  tx: Knex,
  scope: Scope,
  after: number,
): Promise<DayOfChanges[]> {
  // No binding: the same one twice is two to PostgreSQL, and not one group
  const day = tx.raw(`at / ${DAY_MS}`);
  const query = tx('standing_transitions')
    .where('at', '>', after)
    .groupByRaw('scorecard_id, ?, level, previous_level', [day])
    .select<
      {
        scorecard_id: number;
        day: string | number;
        level: number | null;
        previous_level: number | null;
        subjects: string | number;
        scored: string | number;
        score_sum: number | null;
        previous_scored: string | number;
        previous_score_sum: number | null;
      }[]
    >(
      'scorecard_id',
      'level',
      'previous_level',
      tx.raw('? as day', [day]),
      tx.raw(COUNTS),
      tx.raw(
        'count(previous_score) as previous_scored, sum(previous_score) as previous_score_sum',
      ),
    );
  // By the index, which leaves alone what lies further back
  query.whereIn(
    'scorecard_id',
    scope.scorecards.map(({ id }) => id),
  );
  scope.narrow(query, 'standing_transitions.subject_id');

  return (await query).map(row => ({
    scorecardId: row.scorecard_id,
    day: Number(row.day),
    undo: tally => {
      const subjects = Number(row.subjects);
      if (row.level !== null) {
        const left: LevelRow = {
          level: row.level,
          subjects,
          scored: Number(row.scored),
          scoreSum: row.score_sum ?? 0,
        };
        tally.add(left, -1);
      }
      if (row.previous_level !== null) {
        tally.add({
          level: row.previous_level,
          subjects,
          scored: Number(row.previous_scored),
          scoreSum: row.previous_score_sum ?? 0,
        });
      }
    },
  }));
}

function narrowScorecards(query: Knex.QueryBuilder, scope: Scope): void {
  if (scope.someScorecards) {
    query.whereIn(
      'scorecard_id',
      scope.scorecards.map(({ id }) => id),
    );
  }
}
