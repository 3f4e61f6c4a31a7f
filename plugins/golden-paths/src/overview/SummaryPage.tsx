import { Button, Container, Flex } from '@backstage/ui';
import { EmptyState, PrintedPage, PrintedParts, ScreenOnly } from '@waymark/ui';
import { WaitingNote } from '../deviations/WaitingNote';
import { DocsLink } from '../shared/DocsLink';
import { isForbidden, ReportProblem } from '../shared/ReportProblem';
import { SampleNote } from '../shared/SampleNote';
import { FilterBar } from './filters/FilterBar';
import { useFilters, type Filters } from './filters/useFilters';
import { OverviewHeader } from './OverviewHeader';
import { PathsSection } from './paths/PathsSection';
import { SquadsSection } from './squads/SquadsSection';
import { TileGroups } from './tiles/TileGroups';
import { TileSkeletons } from './tiles/TileSkeletons';
import { TrendsTable } from './tiles/TrendsTable';
import { useSummary, type Summary } from './useSummary';

function NoServices(props: { filters: Filters }) {
  const { search, change } = props.filters;
  return search({ weeks: undefined }) ? (
    <EmptyState
      headingLevel="h2"
      title="No service fits these filters"
      action={
        <Button
          variant="secondary"
          onPress={() =>
            change({
              owner: undefined,
              system: undefined,
              domain: undefined,
              template: undefined,
            })
          }
        >
          Show all services
        </Button>
      }
    >
      Choose others above, or look at all services.
    </EmptyState>
  ) : (
    <EmptyState
      headingLevel="h2"
      title="There is no service in the catalog yet"
    >
      Metrics are about the services of the catalog: as soon as there is one,
      this page tells what it takes to measure it.
    </EmptyState>
  );
}

function Parts(props: { summary: Summary; filters: Filters }) {
  const { summary, filters } = props;
  const { metrics, sample } = summary.report;
  if (metrics.every(({ coverage }) => coverage.inScope === 0)) {
    return <NoServices filters={filters} />;
  }
  return (
    <>
      {sample && <SampleNote />}
      {metrics.every(({ value }) => value === undefined) && (
        <EmptyState
          headingLevel="h2"
          title="Nothing was heard of these services yet"
          action={<DocsLink />}
        >
          Pipelines, deployments and incidents tell the portal what happened by
          sending events. Each metric says which ones it takes.
        </EmptyState>
      )}
      <TileGroups summary={summary} filters={filters} />
      <TrendsTable summary={summary} filters={filters} />
      <PathsSection summary={summary} filters={filters} />
      <SquadsSection config={summary.config} filters={filters} />
    </>
  );
}

/**
 * How the organization delivers: all metrics, how they went, and what they are squad
 * by squad. For those who lead it, on a screen and on paper.
 */
export function SummaryPage() {
  const filters = useFilters();
  const { value, error, retry } = useSummary(filters.request);
  return (
    <PrintedPage>
      <OverviewHeader filters={filters} report={value?.report} />
      <Container>
        <PrintedParts>
          {!isForbidden(error) && (
            <ScreenOnly>
              <Flex direction="column" gap="4">
                <FilterBar filters={filters} />
                <WaitingNote />
              </Flex>
            </ScreenOnly>
          )}
          {error !== undefined && (
            <ReportProblem
              title="The metrics cannot be shown"
              error={error}
              onRetry={retry}
            />
          )}
          {error === undefined && !value && <TileSkeletons />}
          {value && <Parts summary={value} filters={filters} />}
        </PrintedParts>
      </Container>
    </PrintedPage>
  );
}
