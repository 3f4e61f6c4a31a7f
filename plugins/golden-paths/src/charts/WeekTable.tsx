import { Link } from '@backstage/ui';
import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { ScrollTable } from '@waymark/ui';
import { describeWeek } from '../metrics/describeWeek';
import { formatMetric } from '../metrics/formatMetric';
import type { WeekRow, WeekSeries } from './weeks';

/** What a chart draws, the newest week first. */
export function WeekTable(props: {
  label: string;
  rows: WeekRow[];
  series: WeekSeries[];
  unit: MetricUnit;
  /** Opens what is behind the numbers of a week. */
  hrefOf?: (week: string) => string;
}) {
  const { label, rows, series, unit, hrefOf } = props;
  return (
    <ScrollTable caption={`${label} by week`} maxHeight="20rem">
      <thead>
        <tr>
          <th scope="col">Week</th>
          {series.map(({ id, title }) => (
            <th key={id} scope="col" data-numeric>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...rows].reverse().map(({ week, values }) => (
          <tr key={week}>
            <th scope="row">
              {hrefOf ? (
                <Link href={hrefOf(week)}>{describeWeek(week)}</Link>
              ) : (
                describeWeek(week)
              )}
            </th>
            {series.map(({ id }) => {
              const value = values[id];
              return (
                <td key={id} data-numeric>
                  {value === undefined ? 'no data' : formatMetric(value, unit)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
