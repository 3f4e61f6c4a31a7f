import { Button, Text } from '@backstage/ui';
import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { ScreenOnly } from '@waymark/ui';
import { useId, useState } from 'react';
import { WeekChart } from './WeekChart';
import { WeekTable } from './WeekTable';
import type { WeekRow, WeekSeries } from './weeks';

/** How numbers went from week to week, drawn and as a table. */
export function WeekTrend(props: {
  /** What it is about. */
  label: string;
  /** The oldest first, at least one. */
  rows: WeekRow[];
  series: WeekSeries[];
  unit: MetricUnit;
  target?: number;
  /** The week that is looked at. */
  chosen?: string;
  /** With both, a week leads to what is behind its numbers. */
  onChoose?: (week: string) => void;
  hrefOf?: (week: string) => string;
}) {
  const { hrefOf, ...chart } = props;
  const { label, rows, series, unit } = chart;
  const [isTableShown, setTableShown] = useState(false);
  const tableId = useId();
  const known = rows.filter(({ values }) =>
    Object.values(values).some(value => value !== undefined),
  );
  if (known.length === 0) {
    return (
      <Text as="p" color="secondary">
        Of no week there is anything to tell yet.
      </Text>
    );
  }
  return (
    <>
      <WeekChart {...chart} />
      {known.length === 1 && (
        <Text variant="body-small" color="secondary">
          The history has just begun.
        </Text>
      )}
      <ScreenOnly>
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={isTableShown}
          aria-controls={isTableShown ? tableId : undefined}
          onPress={() => setTableShown(!isTableShown)}
        >
          {isTableShown ? 'Hide the table' : 'Show as table'}
        </Button>
      </ScreenOnly>
      {isTableShown && (
        <div id={tableId}>
          <WeekTable
            label={label}
            rows={rows}
            series={series}
            unit={unit}
            hrefOf={hrefOf}
          />
        </div>
      )}
    </>
  );
}
