import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { durationOf } from '../../statistics/durations';
import { ReportPeriod, spansOf } from '../scope/ReportPeriod';
import { SpanId } from './readTallies';
import { NO_OWNER } from '../../rollups/groupKeys';
import { RollupParts } from '../../rollups/rollupCells';
import { selectCells } from './selectCells';

/** Milliseconds; absent: of none, there is none. */
export type Means = (measure: Measure, span: SpanId) => number | undefined;

/**
 * How long something takes on average, as exactly as its buckets are narrow. All of
 * them are read: it is for what happens rarely.
 *
 * @param options - as those of `readTallies`
 * @internal
 */
export async function readMeans(options: {
  knex: Knex;
  /** Of what the sums of the entities are made. */
  parts: RollupParts;
  measures: readonly Measure[];
  period: ReportPeriod;
  byOwner?: boolean;
}): Promise<(owner?: string) => Means> {
  const { period, byOwner = false } = options;
  const spans = Object.entries(byOwner ? { period } : spansOf(period));
  const query = selectCells({
    ...options,
    spans: spans.map(([, span]) => span),
    byOwner,
  });
  const cells: {
    owner: string;
    measure: Measure;
    week: string;
    bucket: number;
    counted: string | number;
  }[] = await query;

  const sums = new Map<string, { count: number; total: number }>();
  for (const { owner, measure, week, bucket, counted } of cells) {
    const within = spans.filter(
      ([, { first, last }]) => week >= first && week <= last,
    );
    for (const id of [week, ...within.map(([span]) => span)]) {
      const key = JSON.stringify([owner, measure, id]);
      const sum = sums.get(key) ?? { count: 0, total: 0 };
      sums.set(key, sum);
      sum.count += Number(counted);
      sum.total += Number(counted) * durationOf(bucket);
    }
  }
  return (owner = NO_OWNER) =>
    (measure, span) => {
      const sum = sums.get(JSON.stringify([owner, measure, span]));
      return sum && sum.total / sum.count;
    };
}
