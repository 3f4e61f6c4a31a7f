import { Header, Link } from '@backstage/ui';
import type { SummaryReport } from '@waymark/plugin-golden-paths-common';
import { NamedEntityLink, WholeTitle } from '@waymark/ui';
import { describePeriod } from '../overview/describePeriod';
import { FilterWords } from '../overview/filters/FilterWords';
import type { Filters } from '../overview/filters/useFilters';

/** Which metric it is, of when and of what, and the way back to all of them. */
export function MetricHeader(props: {
  title?: string;
  /** The address of all metrics. */
  overview: string;
  filters: Filters;
  period?: Pick<SummaryReport, 'from' | 'to' | 'timeZone'>;
  /** Of one service only. */
  entityRef?: string;
}) {
  const { title, overview, filters, period, entityRef } = props;
  return (
    <WholeTitle>
      <Header
        title={title ?? 'Metric'}
        breadcrumbs={[{ label: 'All metrics', href: overview }]}
        metadata={[
          { label: 'Time', value: period ? describePeriod(period) : '…' },
          {
            label: 'About',
            value:
              entityRef === undefined ? (
                <FilterWords filters={filters} />
              ) : (
                <>
                  <NamedEntityLink entityRef={entityRef} /> only.{' '}
                  <Link href={filters.search() || '?'}>All services</Link>
                </>
              ),
          },
        ]}
      />
    </WholeTitle>
  );
}
