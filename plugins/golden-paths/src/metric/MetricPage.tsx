import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Skeleton } from '@backstage/ui';
import { EmptyState, PrintedPage, PrintedParts, ScreenOnly } from '@waymark/ui';
import { useParams } from 'react-router-dom';
import { useFilters } from '../overview/filters/useFilters';
import { useSummary } from '../overview/useSummary';
import { FilterBar } from '../overview/filters/FilterBar';
import { rootRouteRef } from '../routes';
import { ReportProblem } from '../shared/ReportProblem';
import { SampleNote } from '../shared/SampleNote';
import { MetricDetails } from './MetricDetails';
import { MetricHeader } from './MetricHeader';

/** Before it is known how much it will be. */
const HEIGHT = 420;

/** One metric: what it says, how it went, and everything behind its number. */
export function MetricPage() {
  const { metric } = useParams();
  const filters = useFilters();
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { value, error, retry } = useSummary(filters.request);
  const definition = value?.config.metrics.find(({ id }) => id === metric);
  const report = value?.report.metrics.find(({ id }) => id === metric);
  const overview = `${root}/overview${filters.search()}`;
  return (
    <PrintedPage>
      <MetricHeader
        title={definition?.title}
        overview={overview}
        filters={filters}
        report={value?.report}
      />
      <Container>
        <PrintedParts>
          <ScreenOnly>
            <FilterBar filters={filters} />
          </ScreenOnly>
          {error !== undefined && (
            <ReportProblem
              title="The metric cannot be shown"
              error={error}
              onRetry={retry}
            />
          )}
          {error === undefined && !value && (
            <div role="status" aria-busy="true" aria-label="Loading the metric">
              <Skeleton width="100%" height={HEIGHT} />
            </div>
          )}
          {value?.report.sample && <SampleNote />}
          {value && definition && report && (
            <MetricDetails
              // Of another one, other rows are shown
              key={definition.id}
              definition={definition}
              report={report}
              filters={filters}
            />
          )}
          {value && !(definition && report) && (
            <EmptyState
              title="There is no such metric"
              action={
                <ButtonLink href={overview} variant="secondary">
                  All metrics
                </ButtonLink>
              }
            >
              Its address may be of another version of the portal.
            </EmptyState>
          )}
        </PrintedParts>
      </Container>
    </PrintedPage>
  );
}
