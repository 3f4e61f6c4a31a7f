import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { formatMetric } from '../metrics/formatMetric';
import { describeWeek } from '../metrics/describeWeek';
import type { WeekRow, WeekSeries } from './weeks';
import styles from './WeekTooltip.module.css';

/** A week, where the pointer is. */
export function WeekTooltip(props: {
  series: WeekSeries[];
  unit: MetricUnit;
  row?: WeekRow;
}) {
  const { series, unit, row } = props;
  if (!row) {
    return null;
  }
  return (
    <div className={styles.tooltip}>
      <strong>{describeWeek(row.week)}</strong>
      <table>
        <tbody>
          {series.map(({ id, title }) => {
            const value = row.values[id];
            return (
              <tr key={id}>
                <th scope="row">{title}</th>
                <td>
                  {value === undefined ? 'no data' : formatMetric(value, unit)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
