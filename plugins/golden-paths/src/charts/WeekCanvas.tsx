import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { ChartCanvas, describeMark, startOf } from '@waymark/ui';
import { useId } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatBare } from '../metrics/formatMetric';
import { marksFor } from './axis';
import { LOOKS } from './looks';
import { WeekTooltip } from './WeekTooltip';
import type { WeekRow, WeekSeries } from './weeks';

const TEXT = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

const MARGINS = {
  large: { top: 8, right: 16, bottom: 0, left: 0 },
  small: { top: 4, right: 4, bottom: 4, left: 4 },
};

/**
 * Weeks as bars or lines. The only file that loads the library of charts; `WeekChart`
 * says the same in words.
 */
export function WeekCanvas(props: {
  /** At least one. */
  rows: WeekRow[];
  series: WeekSeries[];
  unit: MetricUnit;
  target?: number;
  isSmall?: boolean;
  /** The week that is looked at. */
  chosen?: string;
  onChoose?: (week: string) => void;
}) {
  const { rows, series, unit, target, isSmall, chosen, onChoose } = props;
  const hatch = useId().replaceAll(':', '');
  const isBars = unit === 'per-week';
  const marks = marksFor({
    rows,
    unit,
    isStacked: isBars,
    others: target === undefined ? [] : [target],
  });
  const last = startOf(rows[rows.length - 1].week);
  const valueOf = (id: string) => (row: WeekRow) => row.values[id] ?? null;
  // A week between two without data is no line: a dot
  const isAlone = (id: string, index: number) =>
    rows[index - 1]?.values[id] === undefined &&
    rows[index + 1]?.values[id] === undefined;

  return (
    <ChartCanvas>
      <ComposedChart
        responsive
        data={rows}
        margin={isSmall ? MARGINS.small : MARGINS.large}
        accessibilityLayer={false}
        style={onChoose && { cursor: 'pointer' }}
        onClick={({ activeLabel }) =>
          activeLabel !== undefined && onChoose?.(String(activeLabel))
        }
      >
        <defs>
          <pattern
            id={hatch}
            width={5}
            height={5}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line y2={5} stroke={LOOKS.claimed.color} strokeWidth={3} />
          </pattern>
        </defs>
        {!isSmall && (
          <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
        )}
        <XAxis
          dataKey="week"
          hide={isSmall}
          scale={isBars ? 'band' : 'point'}
          tickFormatter={week => describeMark(startOf(week), last)}
          interval="equidistantPreserveStart"
          minTickGap={16}
          tick={TEXT}
          tickLine={{ stroke: 'var(--bui-border-2)' }}
          axisLine={{ stroke: 'var(--bui-border-2)' }}
        />
        <YAxis
          hide={isSmall}
          width="auto"
          domain={[0, marks[marks.length - 1]]}
          ticks={marks}
          tickFormatter={value => formatBare(value, unit)}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          content={({ active, payload }) => (
            <WeekTooltip
              series={series}
              unit={unit}
              row={active ? (payload[0]?.payload as WeekRow) : undefined}
            />
          )}
          cursor={
            isBars
              ? { fill: 'var(--bui-bg-neutral-2)' }
              : { stroke: 'var(--bui-fg-primary)', strokeWidth: 1 }
          }
          isAnimationActive={false}
        />
        {chosen !== undefined && (
          <ReferenceLine
            x={chosen}
            stroke="var(--bui-fg-primary)"
            strokeWidth={2}
          />
        )}
        {series.map(({ id, look }) => {
          const { color, dashes } = LOOKS[look];
          return isBars ? (
            <Bar
              key={id}
              dataKey={valueOf(id)}
              stackId="week"
              fill={look === 'claimed' ? `url(#${hatch})` : color}
              stroke={look === 'claimed' ? color : undefined}
              isAnimationActive={false}
            />
          ) : (
            <Line
              key={id}
              dataKey={valueOf(id)}
              type="linear"
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dashes}
              dot={({ key, cx, cy, index, value }) =>
                value !== null && isAlone(id, index) ? (
                  <circle key={key} cx={cx} cy={cy} r={3} fill={color} />
                ) : (
                  <g key={key} />
                )
              }
              activeDot={{ r: 4, fill: color, strokeWidth: 0 }}
              isAnimationActive={false}
            />
          );
        })}
        {target !== undefined && (
          <ReferenceLine
            y={target}
            stroke="var(--bui-fg-warning)"
            strokeWidth={1.5}
            strokeDasharray="2 3"
          />
        )}
      </ComposedChart>
    </ChartCanvas>
  );
}
