import {
  deleteRows,
  insertRows,
  inTransaction,
  isPostgres,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { readDailyLevels, readMovedDays } from './dailyLevels';

const DAY_MS = 24 * 60 * 60 * 1000;

/** After its end a day stays open for transactions that began before. */
const GRACE_MS = 60 * 60 * 1000;

const KEY = 'scorecards.rollups';

const COLUMNS = [
  'scorecard_id',
  'day',
  'level',
  'subjects',
  'scored',
  'score_sum',
];

/**
 * How many stood on which level at the end of each day, UTC, on which anybody
 * moved. It is counted anew from the standings, so whoever counts last is right,
 * on whatever replica, and who counts the same writes nothing.
 *
 * @internal
 */
export class Rollups {
  readonly #knex: Knex;
  readonly #now: Clock;
  readonly #touched = new Set<number>();

  constructor(options: { knex: Knex; now: Clock }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  /** Somebody moved on these scorecards. */
  touch(scorecardIds: Iterable<number>): void {
    for (const id of scorecardIds) {
      this.#touched.add(id);
    }
  }

  /** Counts the scorecards on which somebody moved in this process. */
  async writeTouched(): Promise<void> {
    if (this.#touched.size === 0) {
      return;
    }
    const scorecardIds = [...this.#touched];
    this.#touched.clear();
    try {
      await inTransaction(this.#knex, async tx => {
        const since = dayOf(this.#now() - GRACE_MS);
        await write(tx, { scorecardIds, since });
      });
    } catch (error) {
      this.touch(scorecardIds);
      throw error;
    }
  }

  /** Counts all days that are not over for certain, also those left by others. */
  async writeOpenDays(): Promise<void> {
    await inTransaction(this.#knex, async tx => {
      const row = await tx('progress').where({ key: KEY }).first('value');
      const closed = row ? Number(row.value) : 0;
      const closing = dayOf(this.#now() - GRACE_MS) - 1;
      // It may be that the clock was set back since
      await write(tx, { since: Math.min(closed, closing) + 1 });
      if (closing > closed) {
        await insertRows(tx, {
          table: 'progress',
          columns: ['key', 'value'],
          rows: [[KEY, String(closing)]],
          onConflict: { columns: ['key'], merge: ['value'] },
        });
      }
    });
  }
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

async function write(
  tx: Knex.Transaction,
  options: { since: number; scorecardIds?: number[] },
): Promise<void> {
  if (isPostgres(tx)) {
    // One after the other, each with what is true when its turn comes
    await tx.raw(
      `select pg_advisory_xact_lock(hashtext(?), hashtext(current_schema()::text))`,
      [`waymark.${KEY}`],
    );
  }
  const days = await readMovedDays(tx, options);
  if (days.length === 0) {
    return;
  }
  const levels = await readDailyLevels(tx, days);
  const left = await readStored(tx, days);
  const rows = levels.flatMap(
    ({ scorecardId, day, level, subjects, scored, scoreSum }) => {
      const key = `${scorecardId} ${day} ${level}`;
      const before = left.get(key);
      left.delete(key);
      return before?.subjects === subjects &&
        before.scored === scored &&
        before.score_sum === scoreSum
        ? []
        : [[scorecardId, day, level, subjects, scored, scoreSum]];
    },
  );
  await insertRows(tx, {
    table: 'level_rollups',
    columns: COLUMNS,
    rows,
    onConflict: { columns: COLUMNS.slice(0, 3), merge: COLUMNS.slice(3) },
  });
  await deleteRows(tx, {
    table: 'level_rollups',
    keys: COLUMNS.slice(0, 3),
    rows: [...left.values()].map(row => [row.scorecard_id, row.day, row.level]),
  });
}

async function readStored(
  tx: Knex,
  days: readonly { scorecardId: number; day: number }[],
) {
  const rows: {
    scorecard_id: number;
    day: number;
    level: number;
    subjects: number;
    scored: number;
    score_sum: number;
  }[] = await tx('level_rollups')
    .whereIn(
      ['scorecard_id', 'day'],
      days.map(({ scorecardId, day }) => [scorecardId, day]),
    )
    .select(COLUMNS);
  return new Map(
    rows.map(row => [`${row.scorecard_id} ${row.day} ${row.level}`, row]),
  );
}
