import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import { LoadingLines } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
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

/** The tab that shows how things stood on a day. */
export const PAST_TAB = 'services';

/** A scorecard in tabs, each with an address of its own. */
export function ScorecardTabs(props: {
  scorecard: ScorecardSummary;
  address: string;
  /** It has left the catalog: only its past can be looked at. */
  isGone?: boolean;
}) {
  const { scorecard, address, isGone = false } = props;
  const tabs = isGone ? TABS.filter(({ path }) => path === PAST_TAB) : TABS;
  return (
    <BreadcrumbEntry entry={{ label: scorecard.title, href: address }}>
      <ScorecardHeader
        scorecard={scorecard}
        isGone={isGone}
        tabs={tabs.map(({ path, label }) => ({
          id: path,
          label,
          href: `${address}/${path}`,
        }))}
      />
      <Container>
        <ScorecardContext.Provider value={scorecard}>
          <Suspense fallback={<LoadingLines label="Loading" lines={8} />}>
            <Routes>
              {tabs.map(({ path, label, Content }) => (
                <Route
                  key={path}
                  path={`${path}/*`}
                  element={
                    // Windows and their history are told apart by it
                    <BreadcrumbEntry
                      entry={{ label, href: `${address}/${path}` }}
                    >
                      <Content />
                    </BreadcrumbEntry>
                  }
                />
              ))}
              <Route
                path="*"
                element={<Navigate to={`${address}/${tabs[0].path}`} replace />}
              />
            </Routes>
          </Suspense>
        </ScorecardContext.Provider>
      </Container>
    </BreadcrumbEntry>
  );
}
