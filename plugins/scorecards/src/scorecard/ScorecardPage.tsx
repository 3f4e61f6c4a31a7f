import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  BreadcrumbEntry,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex } from '@backstage/ui';
import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { lazy, Suspense, useCallback } from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { scorecardsApiRef } from '../api';
import { rootRouteRef, scorecardRouteRef } from '../routes';
import { isStatus } from '../shared/isStatus';
import { ScorecardContext } from './ScorecardContext';
import { ScorecardHeader } from './ScorecardHeader';

/** Each is a file of its own: charts and tables are not loaded for the others. */
const TABS = [
  {
    path: 'overview',
    label: 'Overview',
    Content: lazy(() =>
      import('./overview/OverviewTab').then(m => ({ default: m.OverviewTab })),
    ),
  },
  {
    path: 'services',
    label: 'Services',
    Content: lazy(() =>
      import('./services/ServicesTab').then(m => ({ default: m.ServicesTab })),
    ),
  },
  {
    path: 'heat-map',
    label: 'Heat map',
    Content: lazy(() =>
      import('./heatMap/HeatMapTab').then(m => ({ default: m.HeatMapTab })),
    ),
  },
  {
    path: 'rules',
    label: 'Rules',
    Content: lazy(() =>
      import('./rules/RulesTab').then(m => ({ default: m.RulesTab })),
    ),
  },
  {
    path: 'exemptions',
    label: 'Exemptions',
    Content: lazy(() =>
      import('./exemptions/ExemptionsTab').then(m => ({
        default: m.ExemptionsTab,
      })),
    ),
  },
];

function Tabs(props: { scorecard: ScorecardSummary; address: string }) {
  const { scorecard, address } = props;
  return (
    <BreadcrumbEntry entry={{ label: scorecard.title, href: address }}>
      <ScorecardHeader
        scorecard={scorecard}
        tabs={TABS.map(({ path, label }) => ({
          id: path,
          label,
          href: `${address}/${path}`,
        }))}
      />
      <Container>
        <ScorecardContext.Provider value={scorecard}>
          <Suspense fallback={<LoadingLines label="Loading" lines={8} />}>
            <Routes>
              {TABS.map(({ path, Content }) => (
                <Route key={path} path={`${path}/*`} element={<Content />} />
              ))}
              <Route
                path="*"
                element={<Navigate to={`${address}/${TABS[0].path}`} replace />}
              />
            </Routes>
          </Suspense>
        </ScorecardContext.Provider>
      </Container>
    </BreadcrumbEntry>
  );
}

/** One scorecard, in tabs. */
export function ScorecardPage() {
  const { namespace = '', name = '' } = useParams();
  const client = useApi(scorecardsApiRef);
  const address = useRouteRef(scorecardRouteRef)?.({ namespace, name }) ?? '';
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  const scorecardRef = stringifyEntityRef({
    kind: 'scorecard',
    namespace,
    name,
  });
  const { value, error, retry } = useLoaded(
    useCallback(
      signal => client.getScorecard({ scorecardRef }, { signal }),
      [client, scorecardRef],
    ),
  );

  if (value) {
    return <Tabs scorecard={value} address={address} />;
  }
  return (
    <Container>
      <Flex direction="column" gap="4">
        {!error && <LoadingLines label="Loading the scorecard" lines={8} />}
        {error !== undefined && isStatus(error, 404) && (
          <EmptyState
            headingLevel="h2"
            title={`There is no scorecard ${name}`}
            action={<ButtonLink href={list}>See all scorecards</ButtonLink>}
          >
            It was removed or renamed, or it is a draft of somebody else.
          </EmptyState>
        )}
        {error !== undefined && !isStatus(error, 404) && (
          <ProblemNotice
            title="The scorecard cannot be shown"
            error={error}
            onRetry={retry}
          />
        )}
      </Flex>
    </Container>
  );
}
