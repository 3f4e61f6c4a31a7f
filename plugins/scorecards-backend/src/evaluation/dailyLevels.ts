import { rowSource, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

const DAY_MS = 24 * 60 * 60 * 1000;

const END = `((d.day + 1) * cast(${DAY_MS} as bigint))`;

const UNMOVED = `
  select d.scorecard_id, d.day, s.level, s.score
  from days d
  join standings s on s.scorecard_id = d.scorecard_id and s.since < ${END}`;

const MOVED_SINCE = `
  select d.scorecard_id, d.day, t.level, t.score
  from (
    select distinct d.scorecard_id, d.day, l.subject_id
    from days d
    join standing_transitions l
      on l.scorecard_id = d.scorecard_id and l.at >= ${END}
  ) d
  join standing_transitions t
    on t.subject_id = d.subject_id
    and t.scorecard_id = d.scorecard_id
    and t.at < ${END}
  where t.level is not null and not exists (
    select 1 from standing_transitions n
    where n.subject_id = t.subject_id
      and n.scorecard_id = t.scorecard_id
      and n.at < ${END}
      and (n.at > t.at or (n.at = t.at and n.id > t.id))
  )`;

/** A day, counted from 1970 in UTC, on which somebody moved on a scorecard. */
export interface MovedDay {
  scorecardId: number;
  day: number;
  /** Somebody moved after it. */
  isPast: boolean;
}

/** How many stood on a level at the end of a day. */
export interface DailyLevel {
  scorecardId: number;
  day: number;
  /** 0 is no level; also when there is nobody at all. */
  level: number;
  subjects: number;
  /** Those with a score. */
  scored: number;
  /** Two decimals. */
  scoreSum: number;
}

/**
 * The days on which somebody moved.
 *
 * @param options - `since`: the first day to look at; `scorecardIds`: default all
 * @internal
 */
export async function readMovedDays(
  tx: Knex,
  options: { since: number; scorecardIds?: readonly number[] },
): Promise<MovedDay[]> {
  const { since, scorecardIds } = options;
  const query = tx('standing_transitions')
    .where('at', '>=', since * DAY_MS)
    .distinct('scorecard_id', tx.raw(`at / ${DAY_MS} as day`));
  if (scorecardIds) {
    whereAny(tx, query, 'scorecard_id', scorecardIds);
  }
  const rows: { scorecard_id: number; day: string | number }[] = await query;
  const last = new Map<number, number>();
  for (const row of rows) {
    const id = row.scorecard_id;
    last.set(id, Math.max(Number(row.day), last.get(id) ?? 0));
  }
  return rows.map(row => ({
    scorecardId: row.scorecard_id,
    day: Number(row.day),
    isPast: Number(row.day) < last.get(row.scorecard_id)!,
  }));
}

/**
 * Counts who stood where at the end of days: whoever has not moved since stands
 * there still, and of the others the last transition of that day tells.
 *
 * @internal
 */
export async function readDailyLevels(
  tx: Knex,
  days: readonly MovedDay[],
): Promise<DailyLevel[]> {
  const source = await rowSource(tx, {
    table: 'level_rollups',
    columns: ['scorecard_id', 'day'],
    rows: days.map(({ scorecardId, day }) => [scorecardId, day]),
  });
  const result = await tx.raw(
    `with days as (select * from ${source.sql}),
     held as (${UNMOVED} ${
      days.some(({ isPast }) => isPast) ? `union all ${MOVED_SINCE}` : ''
    })
     select d.scorecard_id, d.day, h.level, count(h.level) as subjects,
       count(h.score) as scored, sum(h.score) as score_sum
     from days d
     left join held h on h.scorecard_id = d.scorecard_id and h.day = d.day
     group by d.scorecard_id, d.day, h.level`,
    source.bindings,
  );
  const rows: {
    scorecard_id: number;
    day: number;
    level: number | null;
    subjects: string | number;
    scored: string | number;
    score_sum: number | null;
  }[] = Array.isArray(result) ? result : result.rows;
  return rows.map(row => ({
    scorecardId: row.scorecard_id,
    day: row.day,
    level: row.level ?? 0,
    subjects: Number(row.subjects),
    scored: Number(row.scored),
    scoreSum: Math.round((row.score_sum ?? 0) * 100) / 100,
  }));
}
