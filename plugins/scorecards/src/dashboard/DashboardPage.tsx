import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container } from '@backstage/ui';
import type {
  LevelsReport,
  RulesReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import {
  dayBefore,
  EmptyState,
  LoadingLines,
  PrintedPage,
  PrintedParts,
  ProblemNotice,
  ScreenOnly,
} from '@waymark/ui';
import { useCallback } from 'react';
import { rootRouteRef } from '../routes';
import { BreakdownSection } from './breakdown/BreakdownSection';
import { CoverageSection } from './dataCoverage/CoverageSection';
import { DashboardHeader } from './DashboardHeader';
import { ExpiringSection } from './exemptions/ExpiringSection';
import { FilterBar } from './filters/FilterBar';
import { useFilters, type Filters } from './filters/useFilters';
import { GapsSection } from './gaps/GapsSection';
import { StandingSection } from './standing/StandingSection';
import { TrendSection } from './trend/TrendSection';
import { useReport } from './useReport';

/** @param scorecards - those that are chosen, at least one */
function Parts(props: { levels: LevelsReport; filters: Filters }) {
  const { levels, filters } = props;
  const { request, range } = filters;
  const { scorecards } = levels;
  const trend = useReport<TrendReport>(
    useCallback(
      (client, signal) =>
        client.getTrendReport(
          { ...request, from: dayBefore(range.days), every: range.every },
          { signal },
        ),
      [request, range],
    ),
  );
  const rules = useReport<RulesReport>(
    useCallback(
      (client, signal) =>
        client.getRulesReport({ ...request, blocking: true }, { signal }),
      [request],
    ),
  );
  return (
    <>
      <StandingSection report={levels} filters={filters} trend={trend.value} />
      <TrendSection scorecards={scorecards} trend={trend} />
      <PrintedParts startsSheet>
        <BreakdownSection by="domain" filters={filters} />
        <BreakdownSection by="group" filters={filters} />
      </PrintedParts>
      <PrintedParts startsSheet>
        <GapsSection scorecards={scorecards} rules={rules} filters={filters} />
        <ExpiringSection filters={filters} />
        <CoverageSection
          scorecards={scorecards}
          rules={rules}
          filters={filters}
        />
      </PrintedParts>
    </>
  );
}

/**
 * Where the organization stands, where it is going, and where it is stuck: for
 * those who lead it, on a screen and on paper.
 */
export function DashboardPage() {
  const filters = useFilters();
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { scorecard, domain, owner } = filters;
  // Of all of them, so that another one can be chosen
  const all = useReport<LevelsReport>(
    useCallback(
      (client, signal) => client.getLevelsReport({ domain, owner }, { signal }),
      [domain, owner],
    ),
  );
  const scorecards = all.value?.scorecards;
  const chosen = scorecards?.filter(
    ({ scorecardRef }) => !scorecard || scorecardRef === scorecard,
  );

  return (
    <PrintedPage>
      <DashboardHeader filters={filters} asOf={all.value?.asOf} />
      <Container>
        <PrintedParts>
          {scorecards && scorecards.length > 0 && (
            <ScreenOnly>
              <FilterBar filters={filters} scorecards={scorecards} />
            </ScreenOnly>
          )}
          {all.error !== undefined && (
            <ProblemNotice
              title="The dashboard cannot be shown"
              error={all.error}
              onRetry={all.retry}
            />
          )}
          {all.error === undefined && !chosen && (
            <LoadingLines label="Loading the dashboard" lines={12} />
          )}
          {scorecards?.length === 0 && (
            <EmptyState
              title="No scorecard is live yet"
              action={
                <ButtonLink href={`${root}/try`}>Try a scorecard</ButtonLink>
              }
            >
              As soon as one is live, this page shows where the organization
              stands. Write one, and see what it would say before it counts.
            </EmptyState>
          )}
          {scorecards && scorecards.length > 0 && chosen?.length === 0 && (
            <EmptyState title="There is no such scorecard, or it is not live">
              Choose another one above.
            </EmptyState>
          )}
          {all.value && chosen && chosen.length > 0 && (
            <Parts
              levels={{ ...all.value, scorecards: chosen }}
              filters={filters}
            />
          )}
        </PrintedParts>
      </Container>
    </PrintedPage>
  );
}
