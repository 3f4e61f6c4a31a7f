import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { durationOf } from '../../statistics/durations';
import { ReportPeriod, spansOf } from '../scope/ReportPeriod';
import { NO_OWNER } from '../../rollups/groupKeys';
import { RollupParts } from '../../rollups/rollupCells';
import { selectCells } from './selectCells';

/** Some weeks, by name; a week has its own. */
export type SpanId = 'period' | 'previous' | 'baseline' | string;

/** How many of a measure there are in a span, and, of durations, how long they are. */
export interface Tally {
  count: number;
  /** Milliseconds: that half of them, and nine of ten, do not exceed. */
  median: number;
  p90: number;
}

/** Tallies of one owner, or of all services. */
export interface Tallies {
  /** Absent: there is none. */
  get(measure: Measure, span: SpanId): Tally | undefined;
}

interface TallyRow {
  owner: string;
  measure: Measure;
  span: SpanId;
  total: string | number;
  median: number;
  p90: number;
}

/**
 * Adds up rollups, in one query: percentiles are found in the database, so that
 * there are a few rows to be read, however many buckets there are.
 *
 * @param options - `byOwner`: of each group by itself, over
 * the whole period; else of all together, and also of every week, of the weeks before
 * and of the baseline
 * @internal
 */
export async function readTallies(options: {
  knex: Knex;
  /** Of what the sums of the entities are made. */
  parts: RollupParts;
  measures: readonly Measure[];
  period: ReportPeriod;
  byOwner?: boolean;
}): Promise<(owner?: string) => Tallies> {
  const { knex, period, byOwner = false } = options;
  const spans = byOwner ? { period } : spansOf(period);
  const cells = selectCells({
    ...options,
    spans: Object.values(spans),
    byOwner,
  });

  const ofSpans = Object.entries(spans).map(([id, { first, last }]) =>
    knex('cells')
      .whereBetween('week', [first, last])
      .groupBy('owner', 'measure', 'bucket')
      .select(
        'owner',
        'measure',
        'bucket',
        knex.raw('cast(? as varchar(10)) as span', [id]),
        knex.raw('sum(counted) as counted'),
      ),
  );
  const ofWeeks = knex('cells')
    .whereBetween('week', [period.first, period.last])
    .select('owner', 'measure', 'bucket', { span: 'week' }, 'counted');
  const spanned = byOwner ? ofSpans[0] : ofWeeks.unionAll(ofSpans);
  const ranked = knex('spanned').select(
    'owner',
    'measure',
    'span',
    'bucket',
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
      // The nearest rank, without fractions
      knex.raw('min(case when up_to * 2 >= total then bucket end) as median'),
      knex.raw('min(case when up_to * 10 >= total * 9 then bucket end) as p90'),
    );

  const found = new Map(
    rows.map(row => [
      JSON.stringify([row.owner, row.measure, row.span]),
      {
        count: Number(row.total),
        median: durationOf(row.median),
        p90: durationOf(row.p90),
      },
    ]),
  );
  return (owner = NO_OWNER) => ({
    get: (measure, span) => found.get(JSON.stringify([owner, measure, span])),
  });
}
