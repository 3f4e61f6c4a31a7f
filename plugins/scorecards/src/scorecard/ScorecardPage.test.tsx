import { screen, waitFor } from '@testing-library/react';
import { refuse } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { ScorecardPage } from './ScorecardPage';

const PATH = '/scorecards/:namespace/:name/*';

describe('the page of a scorecard', () => {
  it('says that there is none of this name, and where the others are', async () => {
    renderScorecards({
      element: <ScorecardPage />,
      path: PATH,
      address: '/scorecards/default/gone',
      answer: () => undefined,
    });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no scorecard gone',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See all scorecards' }),
    ).toHaveAttribute('href', '/scorecards');
  });

  it('shows what was of one that has left the catalog, and nothing else', async () => {
    const { requests } = renderScorecards({
      element: <ScorecardPage />,
      path: PATH,
      address: '/scorecards/default/gone/services?asOf=2026-03-01',
      answer: ({ path, query }) =>
        path === '/scorecards/default/gone' && query.has('asOf')
          ? {
              body: {
                scorecardRef: 'scorecard:default/gone',
                title: 'What was',
                owner: 'group:default/platform',
                lifecycle: 'live',
                appliesTo: { kind: 'Component' },
                levels: [],
                rules: [],
                entities: [],
              },
            }
          : undefined,
    });
    expect(
      await screen.findByRole('heading', { name: 'What was' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/no longer in the catalog/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Services' })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Rules' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'the catalog' })).toBeNull();
    expect(
      requests
        .filter(({ path }) => path === '/scorecards/default/gone')
        .map(({ query }) => query.get('asOf')),
    ).toEqual([null, '2026-03-01']);
  });

  it('says what is wrong, and tries again', async () => {
    const answers = [refuse(503, 'ServiceUnavailableError', 'Not now')];
    const { user } = renderScorecards({
      element: <ScorecardPage />,
      path: PATH,
      // A tab that there is not: the first one instead
      address: '/scorecards/default/readiness/gone',
      answer: ({ path }) =>
        path === '/scorecards/default/readiness'
          ? answers.shift() ?? {
              body: {
                scorecardRef: 'scorecard:default/readiness',
                title: 'Readiness',
                owner: 'group:default/platform',
                lifecycle: 'live',
                appliesTo: { kind: 'Component' },
                levels: [],
                rules: [],
                entities: [],
              },
            }
          : undefined,
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('Not now');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'Readiness' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Overview' })).toHaveAttribute(
        'aria-current',
        'page',
      ),
    );
  });
});
