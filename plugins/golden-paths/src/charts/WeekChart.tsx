import { Skeleton } from '@backstage/ui';
import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { ChartBoundary } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { describeWeek } from '../metrics/describeWeek';
import { formatMetric } from '../metrics/formatMetric';
import { LOOKS } from './looks';
import type { WeekRow, WeekSeries } from './weeks';
import styles from './WeekChart.module.css';

const WeekCanvas = lazy(() =>
  import('./WeekCanvas').then(m => ({ default: m.WeekCanvas })),
);

/** What is drawn, in a sentence: where it began, and where it is now. */
function describe(options: {
  series: WeekSeries[];
  rows: WeekRow[];
  unit: MetricUnit;
}): string {
  const { series, rows, unit } = options;
  return series
    .map(({ id, title }) => {
      const known = rows.filter(({ values }) => values[id] !== undefined);
      const at = ({ week, values }: WeekRow) =>
        `${formatMetric(values[id]!, unit)}, ${describeWeek(week)}`;
      if (known.length === 0) {
        return `${title}: no data`;
      }
      const first = known[0];
      const last = known[known.length - 1];
      return first === last
        ? `${title}: ${at(first)}`
        : `${title}: from ${at(first)}, to ${at(last)}`;
    })
    .join('. ');
}

function Legend(props: { series: WeekSeries[]; hasTarget: boolean }) {
  const { series, hasTarget } = props;
  return (
    <ul className={styles.legend} aria-label="What is drawn">
      {series.map(({ id, title, look }) => (
        <li key={id}>
          <svg width={24} height={12} aria-hidden="true">
            <line
              x1={0}
              x2={24}
              y1={6}
              y2={6}
              stroke={LOOKS[look].color}
              strokeWidth={look === 'claimed' ? 8 : 3}
              strokeDasharray={look === 'claimed' ? '2 3' : LOOKS[look].dashes}
            />
          </svg>
          {title}
        </li>
      ))}
      {hasTarget && (
        <li>
          <svg width={24} height={12} aria-hidden="true">
            <line
              x1={0}
              x2={24}
              y1={6}
              y2={6}
              stroke="var(--bui-fg-warning)"
              strokeWidth={2}
              strokeDasharray="2 3"
            />
          </svg>
          Target
        </li>
      )}
    </ul>
  );
}

/**
 * How numbers went from week to week. Cheap to import: what draws comes later, into a
 * place of its size. What it draws, a table says as well; where, is for its user.
 */
export function WeekChart(props: {
  /** What it is about. */
  label: string;
  /** The oldest first, at least one. */
  rows: WeekRow[];
  series: WeekSeries[];
  unit: MetricUnit;
  target?: number;
  /** Beside a number: without axes and legend. */
  isSmall?: boolean;
  chosen?: string;
  onChoose?: (week: string) => void;
}) {
  const { label, isSmall, ...drawn } = props;
  const { series, target } = drawn;
  return (
    <div className={styles.chart}>
      {!isSmall && (series.length > 1 || target !== undefined) && (
        <Legend series={series} hasTarget={target !== undefined} />
      )}
      <div
        className={isSmall ? styles.small : styles.large}
        role="img"
        aria-label={`${label} by week. ${describe(drawn)}.`}
      >
        <ChartBoundary>
          <Suspense fallback={<Skeleton width="100%" height="100%" />}>
            <WeekCanvas {...drawn} isSmall={isSmall} />
          </Suspense>
        </ChartBoundary>
      </div>
    </div>
  );
}
