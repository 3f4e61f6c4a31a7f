import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Skeleton } from '@backstage/ui';
import { EmptyState, PrintedPage, PrintedParts, ScreenOnly } from '@waymark/ui';
import { useParams } from 'react-router-dom';
import { FilterBar } from '../overview/filters/FilterBar';
import { useFilters } from '../overview/filters/useFilters';
import { rootRouteRef } from '../routes';
import { isForbidden, ReportProblem } from '../shared/ReportProblem';
import { SampleNote } from '../shared/SampleNote';
import { MetricDetails } from './MetricDetails';
import { MetricHeader } from './MetricHeader';
import { useRowsAddress } from './rows/useRowsAddress';
import { useMetric } from './useMetric';

/** Before it is known how much it will be. */
const HEIGHT = 420;

function NoMetric(props: { overview: string }) {
  return (
    <EmptyState
      headingLevel="h2"
      title="There is no such metric"
      action={
        <ButtonLink href={props.overview} variant="secondary">
          All metrics
        </ButtonLink>
      }
    >
      Its address may be of another version of the portal.
    </EmptyState>
  );
}

/**
 * One metric, of many services or of one: what it says, how it went, and everything
 * behind its number.
 */
export function MetricPage() {
  const { metric } = useParams();
  const filters = useFilters();
  const rows = useRowsAddress();
  const { entityRef } = rows;
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { request, search } = filters;
  const { value, error, retry } = useMetric({ metric, request, entityRef });
  const { definition, report } = value ?? {};
  const overview = `${root}/overview${search()}`;
  return (
    <PrintedPage>
      <MetricHeader
        title={definition?.title}
        overview={overview}
        filters={filters}
        period={value?.period}
        entityRef={entityRef}
      />
      <Container>
        <PrintedParts>
          {!isForbidden(error) && (
            <ScreenOnly>
              <FilterBar filters={filters} hasNoServices={!!entityRef} />
            </ScreenOnly>
          )}
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
          {value?.sample && <SampleNote />}
          {definition && report && (
            <MetricDetails
              // Of another one, other rows are shown
              key={definition.id}
              definition={definition}
              report={report}
              filters={filters}
              rows={rows}
            />
          )}
          {value && !(definition && report) && <NoMetric overview={overview} />}
        </PrintedParts>
      </Container>
    </PrintedPage>
  );
}
