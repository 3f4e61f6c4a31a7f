import { Button } from '@backstage/ui';
import type { BreakdownReport } from '@waymark/plugin-scorecards-common';
import { formatNumber, LoadingLines, ProblemNotice } from '@waymark/ui';
import { useCallback, useState } from 'react';
import type { Filters } from '../filters/useFilters';
import { useReport } from '../useReport';
import { BreakdownRow } from './BreakdownRow';
import { countColumns } from './columns';
import styles from './BreakdownTable.module.css';

interface Props {
  /** The page before. */
  report: BreakdownReport;
  cursor: string;
  filters: Filters;
}

function NextRows(props: Props) {
  const { report, cursor, filters } = props;
  const { by } = report;
  const { request } = filters;
  const { value, error, retry } = useReport<BreakdownReport>(
    useCallback(
      (client, signal) =>
        client.getBreakdownReport({ ...request, by, cursor }, { signal }),
      [request, by, cursor],
    ),
  );
  if (!value) {
    return (
      <tr>
        <td colSpan={countColumns(report)}>
          {error === undefined ? (
            <LoadingLines label="Loading more" lines={4} />
          ) : (
            <ProblemNotice
              title="There is more that cannot be shown"
              error={error}
              onRetry={retry}
            />
          )}
        </td>
      </tr>
    );
  }
  return (
    <>
      {value.rows.map(row => (
        <BreakdownRow
          key={row.ref ?? ''}
          row={row}
          report={value}
          filters={filters}
        />
      ))}
      {value.nextCursor && (
        <MoreRows report={value} cursor={value.nextCursor} filters={filters} />
      )}
    </>
  );
}

/** The rows after those of a page, when they are asked for. */
export function MoreRows(props: Props) {
  const { report } = props;
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    return <NextRows {...props} />;
  }
  return (
    <tr className={styles.more}>
      <td colSpan={countColumns(report)}>
        <Button variant="secondary" onPress={() => setOpen(true)}>
          {`Show more of ${formatNumber(report.totalRows)}`}
        </Button>
      </td>
    </tr>
  );
}
