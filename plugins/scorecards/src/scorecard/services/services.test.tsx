import { screen, waitFor, within } from '@testing-library/react';
import type {
  ScorecardResultRow,
  ScorecardSummary,
} from '@waymark/plugin-scorecards-common';
import {
  refuse,
  type Answer,
  type SeenRequest,
} from '@waymark/frontend-test-support';
import { renderScorecards } from '../../__testUtils__/renderScorecards';
import { ScorecardPage } from '../ScorecardPage';

const PAGE = '/scorecards/default/readiness/services';
const RESULTS = '/scorecards/default/readiness/results';

const scorecard: ScorecardSummary = {
  scorecardRef: 'scorecard:default/readiness',
  title: 'Readiness',
  owner: 'group:default/platform',
  lifecycle: 'live',
  appliesTo: { kind: 'Component' },
  levels: [
    { id: 'bronze', title: 'Bronze' },
    { id: 'silver', title: 'Silver' },
  ],
  rules: [
    { id: 'on-call', title: 'Somebody is on call', weight: 1, check: 'true' },
    { id: 'runbook', title: 'Has a runbook', weight: 1, check: 'true' },
  ],
  entities: [],
};

const row = (
  name: string,
  more: Partial<ScorecardResultRow> = {},
): ScorecardResultRow => ({
  entityRef: `component:default/${name}`,
  standing: {
    throughExemption: false,
    since: '2026-11-01T08:00:00Z',
  },
  outcomes: { 'on-call': 'pass', runbook: 'fail' },
  ...more,
});

const group = (name: string, displayName: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'squad', children: [], profile: { displayName } },
});

/** The page at an address, over a backend that answers so to what is asked of results. */
function open(options: {
  query?: string;
  results: (request: SeenRequest) => Answer;
  exported?: () => Answer;
  override?: Partial<ScorecardSummary>;
}) {
  const { requests, user } = renderScorecards({
    element: <ScorecardPage />,
    path: '/scorecards/:namespace/:name/*',
    address: `${PAGE}${options.query ?? ''}`,
    entities: [
      group('ticketing', 'Ticketing'),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'shop', namespace: 'default', tags: ['java', 'web'] },
      },
    ],
    answer: request => {
      switch (request.path) {
        case '/scorecards/default/readiness':
          return { body: { ...scorecard, ...options.override } };
        case RESULTS:
          return options.results(request);
        case '/scorecards/default/readiness/export.csv':
          return options.exported?.();
        default:
          return undefined;
      }
    },
  });
  return {
    user,
    /** What was asked of results, one query each. */
    asked: () =>
      requests
        .filter(({ path }) => path === RESULTS)
        .map(({ query }) => Object.fromEntries(query)),
    exports: () =>
      requests
        .filter(({ path }) => path.endsWith('export.csv'))
        .map(({ query }) => Object.fromEntries(query)),
  };
}

const some = (...items: ScorecardResultRow[]) => ({
  body: { items, totalItems: items.length },
});

/** What is said when rows are there. */
const shown = (text: string) =>
  screen.findByText(text, { selector: '[role="status"]' });

async function choose(
  user: ReturnType<typeof renderScorecards>['user'],
  label: string,
  option: string,
) {
  await user.click(
    screen.getByRole('button', { name: new RegExp(` ${label}$`) }),
  );
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('the Services tab', () => {
  it('shows how each does, and all its rules on request', async () => {
    const { user } = open({
      results: () =>
        some(
          row('shop', {
            title: 'Ticket Shop',
            owner: 'group:default/ticketing',
            ownerTitle: 'Ticketing',
            standing: {
              level: 'bronze',
              throughExemption: true,
              score: 62.4,
              since: '2026-11-01T08:00:00Z',
            },
            outcomes: { 'on-call': 'noData', runbook: 'fail', gone: 'exempt' },
          }),
          row('board', { outcomes: { 'on-call': 'pass' } }),
        ),
    });
    const shop = await screen.findByRole('row', { name: /Ticket Shop/ });
    expect(shop).toHaveTextContent('Bronze with an exemption');
    expect(shop).toHaveTextContent('62');
    expect(within(shop).getByRole('link', { name: 'Ticketing' })).toBeVisible();
    expect(
      within(shop).getByRole('link', { name: 'Ticket Shop' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/shop/scorecards?scorecard=default/readiness',
    );
    const board = screen.getByRole('row', { name: /board/ });
    expect(board).toHaveTextContent('No level');
    expect(board).toHaveTextContent('All pass');
    expect(await shown('1–2 of 2')).toBeVisible();

    const opener = within(shop).getByRole('button', {
      name: '1 fail, 1 no data, 1 exempt',
    });
    await user.click(opener);
    const list = await screen.findByRole('dialog', {
      name: 'Rules of Ticket Shop',
    });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'FailHas a runbook',
      'No dataSomebody is on call',
      // Of which only the id is left
      'Exemptgone',
    ]);
    expect(
      within(list).getByRole('link', { name: 'Has a runbook' }),
    ).toHaveAttribute('href', expect.stringContaining('rule=runbook'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(opener).toHaveFocus());
  });

  it('asks for what the address says, and for what is chosen', async () => {
    const { user, asked } = open({
      query:
        '?level=none&owner=group%3Adefault%2Fticketing&asOf=2026-11-20&sort=-score&outcome=nonsense',
      results: () => some(row('shop')),
    });
    expect(await screen.findByRole('row', { name: /shop/ })).toBeVisible();
    expect(asked()).toEqual([
      {
        level: 'none',
        owner: 'group:default/ticketing',
        asOf: '2026-11-20',
        sort: '-score',
        limit: '50',
      },
    ]);
    expect(screen.getByRole('columnheader', { name: 'Score' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    expect(
      screen.getByText('As it stood at the end of 20 Nov 2026, UTC'),
    ).toBeVisible();
    const chips = screen.getByRole('grid', { name: 'Chosen filters' });
    expect(within(chips).getByRole('row', { name: /No level/ })).toBeVisible();

    // A rule: those that fail it, with a column of its own
    await choose(user, 'Rule', 'Has a runbook');
    expect(
      await screen.findByRole('columnheader', { name: 'Has a runbook' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(asked().pop()).toMatchObject({ rule: 'runbook', outcome: 'fail' }),
    );
    // Without an outcome, it narrows nothing
    await choose(user, 'Outcome', 'Any outcome');
    await waitFor(() => expect(asked().pop()).not.toHaveProperty('rule'));
    expect(
      screen.getByRole('columnheader', { name: 'Has a runbook' }),
    ).toBeVisible();

    await choose(user, 'Tag', 'web');
    await waitFor(() => expect(asked().pop()).toMatchObject({ tag: 'web' }));
    await user.type(screen.getByRole('searchbox', { name: 'Name' }), 'sh');
    await waitFor(() => expect(asked().pop()).toMatchObject({ search: 'sh' }));
    await user.click(screen.getByRole('columnheader', { name: 'Level' }));
    await waitFor(() => expect(asked().pop()).toMatchObject({ sort: 'level' }));

    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() =>
      expect(asked().pop()).toEqual({ sort: 'level', limit: '50' }),
    );
    expect(screen.getByRole('searchbox', { name: 'Name' })).toHaveValue('');
  });

  it.each(['?asOf=2026-02-30', '?rule=constructor', '?rule=__proto__'])(
    'stays open, whatever stands in its address: %s',
    async query => {
      open({ query, results: () => some(row('shop')) });
      expect(await screen.findByRole('row', { name: /^shop/ })).toBeVisible();
    },
  );

  it('says that the scorecard was not there yet on a day', async () => {
    open({
      query: '?asOf=2025-01-01',
      results: () => refuse(404, 'NotFoundError', 'There was no scorecard'),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'The scorecard was not there yet',
      }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('leads through the pages, and says where one is', async () => {
    const { user, asked } = open({
      query: '?cursor=second&from=2&level=bronze',
      results: ({ query }) => {
        switch (query.get('cursor')) {
          case 'second':
            return {
              body: { items: [row('c'), row('d')], nextCursor: 'third' },
            };
          case 'third':
            return { body: { items: [row('e')] } };
          default:
            return {
              body: {
                items: [row('a'), row('b')],
                nextCursor: 'second',
                totalItems: 5,
              },
            };
        }
      },
    });
    // Opened in the middle: how many there are is asked for
    expect(await shown('3–4 of 5')).toBeVisible();
    expect(asked()).toEqual([
      { level: 'bronze', sort: 'name', cursor: 'second', limit: '50' },
      { level: 'bronze', limit: '1' },
    ]);
    await user.click(screen.getByRole('button', { name: /Next/ }));
    expect(await shown('5 of 5')).toBeVisible();
    expect(screen.getByRole('button', { name: /Next/ })).toBeDisabled();
    expect(asked()).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: /Previous/ }));
    expect(await shown('3–4 of 5')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /Previous/ }));
    expect(await shown('1–2 of 5')).toBeVisible();
    expect(screen.getByRole('button', { name: /Previous/ })).toBeDisabled();
    // Another order begins with its first page
    await user.click(screen.getByRole('button', { name: /Next/ }));
    expect(await shown('3–4 of 5')).toBeVisible();
    await user.click(screen.getByRole('columnheader', { name: 'Score' }));
    await waitFor(() =>
      expect(asked().pop()).toEqual({
        level: 'bronze',
        sort: 'score',
        limit: '50',
      }),
    );
  });

  it('says which filter to loosen where nothing is found', async () => {
    const { user } = open({
      query: '?level=silver&search=shop',
      results: ({ query }) =>
        query.has('level')
          ? { body: { items: [], totalItems: 0 } }
          : { body: { items: [row('shop')], totalItems: 1200 } },
    });
    expect(
      await screen.findByRole('heading', { name: 'Nothing is like that' }),
    ).toBeVisible();
    await user.click(
      await screen.findByRole('button', {
        name: 'Without Level: Silver (1,200)',
      }),
    );
    expect(await screen.findByRole('row', { name: /^shop/ })).toBeVisible();
    expect(await shown('1 of 1,200')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Without/ }),
    ).not.toBeInTheDocument();
  });

  it('says what is empty and what went wrong', async () => {
    const answers = [
      refuse(503, 'ServiceUnavailableError', 'Back soon'),
      { body: { items: [], totalItems: 0 } },
    ];
    const { user } = open({ results: () => answers.shift() });
    expect(await screen.findByRole('alert')).toHaveTextContent('Back soon');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'Nothing to judge yet' }),
    ).toBeVisible();
  });

  it('says of a retired scorecard where what was is found', async () => {
    open({
      override: { lifecycle: 'retired' },
      results: () => ({ body: { items: [], totalItems: 0 } }),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Nothing is judged any more',
      }),
    ).toBeVisible();
  });

  it('exports what is chosen, and says what became of it', async () => {
    const saved: { name: string; size: number }[] = [];
    let offered: Blob | undefined;
    // What a browser does with a file to save is beyond jsdom
    URL.createObjectURL = file => {
      offered = file as Blob;
      return 'blob:export';
    };
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        if (offered) {
          saved.push({ name: this.download, size: offered.size });
        }
      });
    const answers = [
      refuse(503, 'ServiceUnavailableError', 'Back soon'),
      { body: 'entity,rule\n' },
    ];
    const { user, exports } = open({
      query: '?level=bronze&rule=runbook&outcome=fail&sort=-level',
      results: () => some(row('shop')),
      exported: () => answers.shift(),
    });
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Back soon');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Saved as readiness.csv')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(exports().pop()).toEqual({
      level: 'bronze',
      rule: 'runbook',
      outcome: 'fail',
    });
    expect(saved).toEqual([{ name: 'readiness.csv', size: 13 }]);
  });
});
