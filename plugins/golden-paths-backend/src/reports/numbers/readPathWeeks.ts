import { MetricValue } from '@waymark/plugin-golden-paths-common';
import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ReportPeriod, spansOf, WeekSpan } from '../scope/ReportPeriod';
import { shareValue } from './measuredNumbers';
import { NO_OWNER, OWNER } from '../../rollups/groupKeys';

/** What services may have done about their deviations, the best first. */
export const DEVIATION_KINDS = [
  { id: 'justified', title: 'Justified' },
  { id: 'expired', title: 'Expired' },
  { id: 'unjustified', title: 'Unjustified' },
] as const;

type DeviationKind = (typeof DEVIATION_KINDS)[number]['id'];

/** How services stood in a week. */
export interface PathWeek extends Record<DeviationKind, number> {
  active: number;
  /** Those that follow a path and are as it wants them. */
  adopted: number;
  /** Those that follow a path. */
  onPath: number;
}

/** How services stood, by week. */
export interface PathWeeks {
  get(week: string): PathWeek | undefined;
  /** The last week that is known of a span: it stands for all of it. */
  last(span: WeekSpan): PathWeek | undefined;
}

/**
 * How services stood towards their golden paths, week by week.
 *
 * @internal
 */
export async function readPathWeeks(options: {
  knex: Knex;
  narrow: NarrowEntities;
  period: ReportPeriod;
  byOwner?: boolean;
}): Promise<(owner?: string) => PathWeeks> {
  const { knex, narrow, period, byOwner = false } = options;
  const weeksRead = byOwner
    ? await lastWeeks({ knex, narrow, spans: [period] })
    : [
        ...period.weeks,
        ...(await lastWeeks({
          knex,
          narrow,
          spans: Object.values(spansOf(period)).slice(1),
        })),
      ];
  const query = knex('path_weeks')
    .whereIn('path_weeks.week', weeksRead)
    .select(
      byOwner ? knex.raw(`${OWNER} as owner`) : knex.raw(`'' as owner`),
      'path_weeks.week',
      knex.raw(`count(*) as active,
        count(case when verified and conformant then 1 end) as adopted,
        count(path_weeks.template_ref) as "onPath"`),
      ...DEVIATION_KINDS.map(({ id }) =>
        knex.raw(
          'count(case when path_weeks.template_ref is not null and deviation = ? then 1 end) as ??',
          [id, id],
        ),
      ),
    )
    .groupBy('path_weeks.week');
  if (byOwner) {
    query
      .join('entities', 'entities.id', 'path_weeks.entity_id')
      .groupByRaw(OWNER);
  }
  narrow(query, 'path_weeks.entity_id');
  const found = new Map<string, Map<string, PathWeek>>();
  const rows: ({ owner: string; week: string } & Record<
    keyof PathWeek,
    string | number
  >)[] = await query;
  for (const { owner, week, ...counts } of rows) {
    const weeks = found.get(owner) ?? new Map<string, PathWeek>();
    found.set(owner, weeks);
    weeks.set(week, {
      active: Number(counts.active),
      adopted: Number(counts.adopted),
      onPath: Number(counts.onPath),
      justified: Number(counts.justified),
      expired: Number(counts.expired),
      unjustified: Number(counts.unjustified),
    });
  }
  const known = [...new Set(rows.map(({ week }) => week))].sort().reverse();
  return (owner = NO_OWNER) => {
    const weeks = found.get(owner);
    return {
      get: week => weeks?.get(week),
      last: ({ first, last }) => {
        const latest = known.find(week => week >= first && week <= last);
        return latest === undefined ? undefined : weeks?.get(latest);
      },
    };
  };
}

/** The last week that is known of each span: it stands for all of it. */
async function lastWeeks(options: {
  knex: Knex;
  narrow: NarrowEntities;
  spans: WeekSpan[];
}): Promise<string[]> {
  const { knex, narrow, spans } = options;
  const found = await Promise.all(
    spans.map(({ first, last }) => {
      const query = knex('path_weeks')
        .whereBetween('path_weeks.week', [first, last])
        .orderBy('path_weeks.week', 'desc')
        .first('path_weeks.week');
      narrow(query, 'path_weeks.entity_id');
      return query;
    }),
  );
  return found.flatMap(row => row?.week ?? []);
}

/** Services that follow a path and are as it wants them, of all. */
export function adoptionValue(week: PathWeek | undefined): MetricValue {
  return week ? shareValue(week.adopted, week.active) : { count: 0 };
}

/**
 * Services with a deviation, of those that follow a path.
 *
 * @param kind - only with this one
 */
export function deviationValue(
  week: PathWeek | undefined,
  kind?: DeviationKind,
): MetricValue {
  if (!week) {
    return { count: 0 };
  }
  const deviating = DEVIATION_KINDS.reduce((sum, { id }) => sum + week[id], 0);
  return shareValue(kind ? week[kind] : deviating, week.onPath);
}
