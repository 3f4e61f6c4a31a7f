import { inSnapshot } from '@waymark/backend-support';
import { TrendReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { LevelTally } from './LevelTally';
import { ReportScope } from './ReportScope';
import { readRollups } from './rollups';
import { countStandings, DayOfChanges, readChanges } from './standings';

const DAY_MS = 86_400_000;

/** Of JSON: what a browser gets in one piece. */
const MAX_BYTES = 150_000;

type Point = TrendReport['scorecards'][number]['points'][number];

/**
 * One point per day, UTC: how things stood at its end, and today now.
 *
 * @param options - `from`, `to`: days since 1970, both included; `every`: only each
 * so-many-th day, counted back from the last. There may be fewer, so that the answer
 * does not become too large
 * @internal
 */
export async function trendReport(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
  from: number;
  to: number;
  every?: number;
}): Promise<TrendReport> {
  const { knex, scope, from } = options;
  const today = Math.floor(options.now / DAY_MS);
  const to = Math.min(options.to, today);
  const every = Math.max(options.every ?? 1, leastStep(scope, to - from + 1));
  const days = { from, to, today, every };
  return inSnapshot(knex, async tx => {
    const current = await countStandings(tx, scope);
    // Whoever sees everything need not have it counted again each time
    const rollups = scope.everything
      ? await readRollups(tx, { scorecards: scope.scorecards, from, to })
      : undefined;
    const changes = byDay(
      rollups ? [] : await readChanges(tx, scope, (from + 1) * DAY_MS - 1),
    );
    return {
      scorecards: scope.scorecards.map(scorecard => {
        const tally = current.get(scorecard.id) ?? new LevelTally();
        return {
          scorecardRef: scorecard.ref,
          points: rollups
            ? carryForward({ scorecard, tally, rollups, ...days })
            : countBack({ scorecard, tally, changes, ...days }),
        };
      }),
    };
  });
}

/** So that all points of that many days are no more than a browser gets at once. */
function leastStep(
  { scorecards }: Pick<ReportScope, 'scorecards'>,
  days: number,
): number {
  const bytesPerDay = scorecards
    .flatMap(({ levels }) => levels)
    // `{"level":"…","entities":10000},`
    .reduce((sum, { id }) => sum + id.length + 30, 80 * scorecards.length);
  return Math.ceil((days * bytesPerDay) / MAX_BYTES);
}

type ChangesByDay = ReadonlyMap<string, readonly DayOfChanges[]>;

function byDay(changes: readonly DayOfChanges[]): ChangesByDay {
  const days = new Map<string, DayOfChanges[]>();
  for (const change of changes) {
    const key = keyOf(change.scorecardId, change.day);
    const known = days.get(key);
    if (known) {
      known.push(change);
    } else {
      days.set(key, [change]);
    }
  }
  return days;
}

function keyOf(scorecardId: number, day: number): string {
  return `${scorecardId} ${day}`;
}

interface Days {
  scorecard: ScorecardDefinition;
  /** How things stand now. */
  tally: LevelTally;
  from: number;
  to: number;
  today: number;
  every: number;
}

function isShown(day: number, { to, every }: Days): boolean {
  return day <= to && (to - day) % every === 0;
}

function carryForward(
  options: Days & { rollups: ReadonlyMap<number, Map<number, LevelTally>> },
): Point[] {
  const { scorecard, tally, from, to, today } = options;
  const days = options.rollups.get(scorecard.id) ?? new Map();
  // The newest one before the first day is the first in the map
  let last: LevelTally | undefined;
  for (const [day, each] of days) {
    if (day <= from) {
      last = each;
    }
  }
  const points: Point[] = [];
  for (let day = from; day <= to; day++) {
    last = day === today ? tally : days.get(day) ?? last;
    if (last && isShown(day, options)) {
      points.push(point(scorecard, day, last));
    }
  }
  return withoutBeginning(points);
}

function countBack(options: Days & { changes: ChangesByDay }): Point[] {
  const { scorecard, tally, changes, from, today } = options;
  const points: Point[] = [];
  for (let day = today; day >= from; day--) {
    if (isShown(day, options)) {
      points.push(point(scorecard, day, tally));
    }
    changes
      .get(keyOf(scorecard.id, day))
      ?.forEach(change => change.undo(tally));
  }
  return withoutBeginning(points.reverse());
}

/** Before its first entity, a scorecard has no trend. */
function withoutBeginning(points: Point[]): Point[] {
  const first = points.findIndex(({ entities }) =>
    entities.some(count => count.entities > 0),
  );
  return first < 0 ? [] : points.slice(first);
}

function point(
  scorecard: ScorecardDefinition,
  day: number,
  tally: LevelTally,
): Point {
  return {
    day: new Date(day * DAY_MS).toISOString().slice(0, 10),
    entities: tally.entities(scorecard),
    meanScore: tally.meanScore,
  };
}
