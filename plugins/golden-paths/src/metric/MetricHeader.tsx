import { Header } from '@backstage/ui';
import type { SummaryReport } from '@waymark/plugin-golden-paths-common';
import { WholeTitle } from '@waymark/ui';
import { describePeriod } from '../overview/describePeriod';
import { FilterWords } from '../overview/filters/FilterWords';
import type { Filters } from '../overview/filters/useFilters';

/** Which metric it is, of when and of what, and the way back to all of them. */
export function MetricHeader(props: {
  title?: string;
  /** The address of all metrics. */
  overview: string;
  filters: Filters;
  report?: SummaryReport;
}) {
  const { title, overview, filters, report } = props;
  return (
    <WholeTitle>
      <Header
        title={title ?? 'Metric'}
        breadcrumbs={[{ label: 'All metrics', href: overview }]}
        metadata={[
          { label: 'Time', value: report ? describePeriod(report) : '…' },
          { label: 'About', value: <FilterWords filters={filters} /> },
        ]}
      />
    </WholeTitle>
  );
}
