import {
  MetricValue,
  METRICS,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import { csvLine } from '@waymark/backend-support';

/** Durations in milliseconds, shares from 0 to 1. */
const COLUMNS: (keyof MetricValue)[] = [
  'value',
  'p90',
  'count',
  'numerator',
  'denominator',
  'censored',
  'claimed',
];

/**
 * All metrics by week as lines of CSV, and over all weeks before that.
 *
 * @internal
 */
export function* exportSummary(report: SummaryReport): Iterable<string> {
  yield csvLine(['metric', 'title', 'unit', 'from', 'part', ...COLUMNS]);
  for (const { id, trend, parts = [], ...all } of report.metrics) {
    const metric = METRICS.find(each => each.id === id);
    const line = (from: string, part: string | undefined, value: MetricValue) =>
      csvLine([
        id,
        metric?.title,
        metric?.unit,
        from,
        part,
        ...COLUMNS.map(column => value[column]),
      ]);
    yield line(`${report.from} – ${report.to}`, undefined, all);
    for (const part of parts) {
      yield line(`${report.from} – ${report.to}`, part.id, part);
    }
    for (const point of trend) {
      yield line(point.week, undefined, point);
    }
  }
}
