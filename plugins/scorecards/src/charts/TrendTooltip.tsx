import { describeReportDay, formatNumber, formatPercent } from '@waymark/ui';
import { levelColor } from '../shared/levelColor';
import { bandsOf, countOf, totalOf, type TrendPoint } from './trend';
import styles from './TrendTooltip.module.css';

/** A day of a trend, where the pointer is. */
export function TrendTooltip(props: {
  levels: { id: string; title: string }[];
  point?: TrendPoint;
}) {
  const { levels, point } = props;
  if (!point) {
    return null;
  }
  const total = totalOf(point);
  return (
    <div className={styles.tooltip}>
      <strong>{describeReportDay(point.day)}</strong>
      {total === 0 && <div>Nothing was judged</div>}
      {total > 0 && (
        <table>
          <tbody>
            {/* From the top of the areas to their bottom */}
            {bandsOf(levels)
              .reverse()
              .map(band => (
                <tr key={band.id}>
                  <th scope="row">
                    <span
                      className={styles.swatch}
                      style={{
                        background: levelColor(band.height, levels.length),
                      }}
                    />
                    {band.title}
                  </th>
                  <td>{formatNumber(countOf(point, band))}</td>
                  <td>{formatPercent(countOf(point, band) / total)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
