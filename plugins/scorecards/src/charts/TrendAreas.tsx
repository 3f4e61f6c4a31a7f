import {
  ChartCanvas,
  DAY,
  describeMark,
  formatNumber,
  formatPercent,
  marksBetween,
  startOf,
} from '@waymark/ui';
import {
  Area,
  AreaChart,
  CartesianGrid,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { levelColor } from '../shared/levelColor';
import { bandsOf, countOf, totalOf, type TrendPoint } from './trend';
import { TrendTooltip } from './TrendTooltip';
import { toRows, type TrendRow } from './trendRows';

const SHARES = [0, 0.25, 0.5, 0.75, 1];

const TEXT = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

/**
 * The areas of a trend, stacked, the highest level at the bottom: each edge tells
 * how many have that level or a better one. The only file that loads the library
 * of charts; `TrendChart` says the same in words.
 */
export function TrendAreas(props: {
  levels: { id: string; title: string }[];
  /** At least one. */
  points: TrendPoint[];
  unit: 'share' | 'number';
}) {
  const { levels, points, unit } = props;
  const rows = toRows(points);
  const first = startOf(points[0].day);
  const last = startOf(points[points.length - 1].day);
  const isShare = unit === 'share';

  return (
    <ChartCanvas>
      <AreaChart
        responsive
        data={rows}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[rows[0].at, rows[rows.length - 1].at]}
          ticks={marksBetween(first, last).map(at => at + DAY / 2)}
          tickFormatter={at => describeMark(at, last)}
          interval="preserveEnd"
          minTickGap={12}
          tick={TEXT}
          tickLine={{ stroke: 'var(--bui-border-2)' }}
          axisLine={{ stroke: 'var(--bui-border-2)' }}
        />
        <YAxis
          width="auto"
          domain={isShare ? [0, 1] : [0, 'auto']}
          ticks={isShare ? SHARES : undefined}
          allowDecimals={isShare}
          tickFormatter={isShare ? formatPercent : value => formatNumber(value)}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          content={({ active, payload }) => (
            <TrendTooltip
              levels={levels}
              point={
                active ? (payload[0]?.payload as TrendRow).point : undefined
              }
            />
          )}
          cursor={{ stroke: 'var(--bui-fg-primary)', strokeWidth: 1 }}
          isAnimationActive={false}
        />
        {bandsOf(levels).map(band => (
          <Area
            key={band.id}
            dataKey={({ point }: TrendRow) => {
              const total = point ? totalOf(point) : 0;
              if (!point || (isShare && total === 0)) {
                return null;
              }
              return countOf(point, band) / (isShare ? total : 1);
            }}
            type="step"
            stackId="levels"
            fill={levelColor(band.height, levels.length)}
            fillOpacity={1}
            stroke="var(--bui-bg-neutral-1)"
            strokeWidth={1}
            activeDot={false}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </AreaChart>
    </ChartCanvas>
  );
}
