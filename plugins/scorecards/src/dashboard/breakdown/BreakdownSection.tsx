import type { BreakdownReport } from '@waymark/plugin-scorecards-common';
import { EmptyState, ReportSection } from '@waymark/ui';
import { useCallback } from 'react';
import type { Filters } from '../filters/useFilters';
import { useReport } from '../useReport';
import { BreakdownTable } from './BreakdownTable';

const TITLES = { domain: 'By domain', group: 'By group' };

/** How the parts of the organization stand. */
export function BreakdownSection(props: {
  by: 'domain' | 'group';
  filters: Filters;
}) {
  const { by, filters } = props;
  const { request } = filters;
  const report = useReport<BreakdownReport>(
    useCallback(
      (client, signal) =>
        client.getBreakdownReport({ ...request, by }, { signal }),
      [request, by],
    ),
  );
  return (
    <ReportSection title={TITLES[by]} report={report} lines={8}>
      {value =>
        value.rows.length > 0 ? (
          <BreakdownTable report={value} filters={filters} />
        ) : (
          <EmptyState isPlain title="Nothing is judged here yet">
            Choose other filters above, or wait until services are in the
            catalog.
          </EmptyState>
        )
      }
    </ReportSection>
  );
}
