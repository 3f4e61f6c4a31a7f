import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { durationOf } from '../../statistics/durations';
import { ReportPeriod, WeekSpan } from '../scope/ReportPeriod';

/** Some weeks, by name; a week has its own. */
export type SpanId = 'period' | 'previous' | 'baseline' | string;

/** How many of a measure there are in a span, and, of durations, how long they are. */
export interface Tally {
  count: number;
  /** Milliseconds, on average. */
  mean: number;
  /** Milliseconds: that half of them, and nine of ten, do not exceed. */
  median: number;
  p90: number;
}

/** Tallies of one owner, or of all services. */
export interface Tallies {
  /** Absent: there is none. */
  get(measure: Measure, span: SpanId): Tally | undefined;
}

/** Stands for what belongs to no group. */
export const NO_OWNER = '';

/**
 * The group that an entity belongs to, or is: squads have tickets of their own.
 * People are not compared.
 */
export const OWNER = `case
  when entities.kind = 'group' then entities.ref
  when entities.owner_ref like 'group:%' then entities.owner_ref
  else '${NO_OWNER}' end`;

interface TallyRow {
  owner: string;
  measure: Measure;
  span: SpanId;
  total: string | number;
  lasted: number;
  median: number;
  p90: number;
}

/**
 * Adds up rollups, in one query: percentiles are found in the database, so that
 * there are a few rows to be read, however many buckets there are.
 *
 * @param options - `byOwner`: of each group by itself, over the whole period; else
 * of all together, and also of every week, of the weeks before and of the baseline
 * @internal
 */
export async function readTallies(options: {
  knex: Knex;
  narrow: NarrowEntities;
  measures: readonly Measure[];
  period: ReportPeriod;
  byOwner?: boolean;
}): Promise<(owner?: string) => Tallies> {
  const { knex, narrow, measures, period, byOwner = false } = options;
  const spans: [SpanId, WeekSpan][] = byOwner
    ? [['period', period]]
    : [
        ['period', period],
        ['previous', period.previous],
        ...(period.baseline
          ? [['baseline', period.baseline] as [SpanId, WeekSpan]]
          : []),
      ];

  const cells = knex('rollups')
    .whereIn('rollups.measure', measures)
    .where(any => {
      for (const [, { first, last }] of spans) {
        any.orWhereBetween('rollups.week', [first, last]);
      }
    })
    .select(
      byOwner ? knex.raw(`${OWNER} as owner`) : knex.raw(`'' as owner`),
      'rollups.measure',
      'rollups.week',
      'rollups.bucket',
      knex.raw('sum(rollups.count) as counted, sum(rollups.total) as lasted'),
    )
    .groupBy('rollups.measure', 'rollups.week', 'rollups.bucket');
  if (byOwner) {
    cells
      .join('entities', 'entities.id', 'rollups.entity_id')
      .groupByRaw(OWNER);
  }
  narrow(cells, 'rollups.entity_id');

  const ofSpans = spans.map(([id, { first, last }]) =>
    knex('cells')
      .whereBetween('week', [first, last])
      .groupBy('owner', 'measure', 'bucket')
      .select(
        'owner',
        'measure',
        'bucket',
        knex.raw('cast(? as varchar(10)) as span', [id]),
        knex.raw('sum(counted) as counted, sum(lasted) as lasted'),
      ),
  );
  const ofWeeks = knex('cells')
    .whereBetween('week', [period.first, period.last])
    .select(
      'owner',
      'measure',
      'bucket',
      { span: 'week' },
      'counted',
      'lasted',
    );
  const spanned = byOwner ? ofSpans[0] : ofWeeks.unionAll(ofSpans);
  const ranked = knex('spanned').select(
    'owner',
    'measure',
    'span',
    'bucket',
    'lasted',
    knex.raw(
      'sum(counted) over (partition by owner, measure, span order by bucket) as up_to',
    ),
    knex.raw('sum(counted) over (partition by owner, measure, span) as total'),
  );
  const rows: TallyRow[] = await knex
    .with('cells', cells)
    .with('spanned', spanned)
    .with('ranked', ranked)
    .from('ranked')
    .groupBy('owner', 'measure', 'span', 'total')
    .select(
      'owner',
      'measure',
      'span',
      'total',
      knex.raw('sum(lasted) as lasted'),
      // The nearest rank, without fractions
      knex.raw('min(case when up_to * 2 >= total then bucket end) as median'),
      knex.raw('min(case when up_to * 10 >= total * 9 then bucket end) as p90'),
    );

  const found = new Map(
    rows.map(row => [
      JSON.stringify([row.owner, row.measure, row.span]),
      {
        count: Number(row.total),
        mean: row.lasted / Number(row.total),
        median: durationOf(row.median),
        p90: durationOf(row.p90),
      },
    ]),
  );
  return (owner = NO_OWNER) => ({
    get: (measure, span) => found.get(JSON.stringify([owner, measure, span])),
  });
}
