import type { BreakdownReport } from '@waymark/plugin-scorecards-common';
import { ScrollTable } from '@waymark/ui';
import type { Filters } from '../filters/useFilters';
import { isMerged } from './columns';
import { BreakdownRow } from './BreakdownRow';
import { MoreRows } from './MoreRows';

/**
 * Domains or groups against scorecards; with many of those, against all of them
 * together. In the order of the organization, never by how they stand.
 */
export function BreakdownTable(props: {
  report: BreakdownReport;
  filters: Filters;
}) {
  const { report, filters } = props;
  const { by, scorecards, rows, nextCursor } = report;
  const where = by === 'group' ? 'by group' : 'by domain';
  return (
    <ScrollTable
      caption={
        isMerged(report)
          ? `Services per level ${where}, each once for every scorecard`
          : `Services per level ${where}`
      }
    >
      <thead>
        <tr>
          <th scope="col">{by === 'group' ? 'Group' : 'Domain'}</th>
          {isMerged(report) ? (
            <th scope="col">All scorecards</th>
          ) : (
            scorecards.map(({ scorecardRef, title: name }) => (
              <th key={scorecardRef} scope="col">
                {name}
              </th>
            ))
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <BreakdownRow
            key={row.ref ?? ''}
            row={row}
            report={report}
            filters={filters}
          />
        ))}
        {nextCursor && (
          <MoreRows
            // With other filters there are other pages
            key={JSON.stringify([nextCursor, filters.request])}
            report={report}
            cursor={nextCursor}
            filters={filters}
          />
        )}
      </tbody>
    </ScrollTable>
  );
}
