import {
  Button,
  Skeleton,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  ChartBoundary,
  describeReportDay,
  EmptyState,
  formatNumber,
  formatPercent,
} from '@waymark/ui';
import { lazy, Suspense, useId, useState } from 'react';
import { levelColor } from '../shared/levelColor';
import { bandsOf, countOf, totalOf, type TrendPoint } from './trend';
import { TrendTable } from './TrendTable';
import styles from './TrendChart.module.css';

const TrendAreas = lazy(() =>
  import('./TrendAreas').then(m => ({ default: m.TrendAreas })),
);

type Unit = 'share' | 'number';

/**
 * How many entities stood on which level over time: the share of each level, or
 * their number, drawn and as a table.
 *
 * Cheap to import: what draws comes later, into a place of its size.
 */
export function TrendChart(props: {
  /** What it is about, such as the title of the scorecard. */
  label: string;
  /** Lowest first. */
  levels: { id: string; title: string }[];
  /** One per day, or per so many days, earliest first; some may be missing. */
  points: TrendPoint[];
}) {
  const { label, levels, points } = props;
  const [unit, setUnit] = useState<Unit>('share');
  const [isTableShown, setTableShown] = useState(false);
  const tableId = useId();

  if (points.length === 0) {
    return (
      <EmptyState isPlain title="No history in this time">
        Each day that services are judged on adds to it.
      </EmptyState>
    );
  }

  const first = points[0];
  const last = points[points.length - 1];
  const bands = bandsOf(levels);
  const describe = (point: TrendPoint) => {
    const total = totalOf(point);
    return `${describeReportDay(point.day)}: ${bands
      .map(band => {
        const count = countOf(point, band);
        return `${band.title} ${formatNumber(count)}${
          total > 0 ? ` (${formatPercent(count / total)})` : ''
        }`;
      })
      .join(', ')}`;
  };

  return (
    <div className={styles.trend}>
      <div className={styles.head}>
        <ul className={styles.legend} aria-label="Levels">
          {bands.map(band => (
            <li key={band.id}>
              <span
                className={styles.swatch}
                style={{ background: levelColor(band.height, levels.length) }}
                aria-hidden="true"
              />
              {band.title}
            </li>
          ))}
        </ul>
        <ToggleButtonGroup
          className={styles.unit}
          aria-label="What the areas show"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[unit]}
          onSelectionChange={([key]) => setUnit(key as Unit)}
        >
          <ToggleButton id="share" size="small">
            Share
          </ToggleButton>
          <ToggleButton id="number" size="small">
            Number
          </ToggleButton>
        </ToggleButtonGroup>
      </div>
      <div
        className={styles.canvas}
        role="img"
        aria-label={`${label}: services per level over time. ${
          first === last
            ? describe(first)
            : `${describe(first)}. ${describe(last)}`
        }.`}
      >
        <ChartBoundary>
          <Suspense fallback={<Skeleton width="100%" height="100%" />}>
            <TrendAreas levels={levels} points={points} unit={unit} />
          </Suspense>
        </ChartBoundary>
      </div>
      {first === last && (
        <Text variant="body-small" color="secondary">
          The history has just begun.
        </Text>
      )}
      <div className={styles.more}>
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={isTableShown}
          aria-controls={isTableShown ? tableId : undefined}
          onPress={() => setTableShown(!isTableShown)}
        >
          {isTableShown ? 'Hide the table' : 'Show as table'}
        </Button>
      </div>
      {isTableShown && (
        <div id={tableId}>
          <TrendTable label={label} levels={levels} points={points} />
        </div>
      )}
    </div>
  );
}
