import type {
  MetricDefinition,
  TrendPoint,
} from '@waymark/plugin-golden-paths-common';
import type { WeekRow, WeekSeries } from '../charts/weeks';

/**
 * What is drawn of a metric: its number, of durations the slow end besides, and what is
 * only claimed apart from what was observed.
 */
export function drawTrend(options: {
  definition: Pick<MetricDefinition, 'title' | 'unit'>;
  trend: TrendPoint[];
  /** Only its number. */
  isPlain?: boolean;
}): { rows: WeekRow[]; series: WeekSeries[] } {
  const { definition, trend, isPlain = false } = options;
  const { title, unit } = definition;
  const hasP90 = unit === 'duration' && !isPlain;
  const hasClaims =
    unit === 'per-week' && trend.some(({ claimed = 0 }) => claimed > 0);
  const series: WeekSeries[] = [
    { id: 'value', title: hasClaims ? 'Observed' : title, look: 'main' },
  ];
  if (hasP90) {
    series.push({ id: 'p90', title: '9 of 10 within', look: 'second' });
  }
  if (hasClaims) {
    series.push({ id: 'claimed', title: 'Only claimed', look: 'claimed' });
  }
  return {
    series,
    rows: trend.map(({ week, value, p90, claimed }) => ({
      week,
      values: {
        value,
        ...(hasP90 && { p90 }),
        ...(hasClaims && { claimed }),
      },
    })),
  };
}
