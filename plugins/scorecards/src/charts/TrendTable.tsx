import {
  describeReportDay,
  formatNumber,
  formatPercent,
  ScrollTable,
} from '@waymark/ui';
import { bandsOf, changesOf, countOf, totalOf, type TrendPoint } from './trend';

/** A trend as a table, the newest first; days without a change are left out. */
export function TrendTable(props: {
  label: string;
  levels: { id: string; title: string }[];
  points: TrendPoint[];
}) {
  const { label, levels, points } = props;
  const bands = bandsOf(levels);
  return (
    <ScrollTable
      caption={`${label}: the days on which something changed`}
      maxHeight="20rem"
    >
      <thead>
        <tr>
          <th scope="col">Day</th>
          {bands.map(band => (
            <th key={band.id} scope="col" data-numeric>
              {band.title}
            </th>
          ))}
          <th scope="col" data-numeric>
            All
          </th>
        </tr>
      </thead>
      <tbody>
        {changesOf(points)
          .reverse()
          .map(point => {
            const total = totalOf(point);
            return (
              <tr key={point.day}>
                <th scope="row">{describeReportDay(point.day)}</th>
                {bands.map(band => {
                  const count = countOf(point, band);
                  return (
                    <td key={band.id} data-numeric>
                      {formatNumber(count)}
                      {total > 0 && ` (${formatPercent(count / total)})`}
                    </td>
                  );
                })}
                <td data-numeric>{formatNumber(total)}</td>
              </tr>
            );
          })}
      </tbody>
    </ScrollTable>
  );
}
