import { screen, waitFor, within } from '@testing-library/react';
import type {
  BreakdownReport,
  LevelsReport,
  Page,
  Exemption,
  RulesReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { DAY } from '@waymark/ui';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { DashboardPage } from './DashboardPage';
import { mergeScorecards } from './mergeScorecards';

const READINESS = {
  scorecardRef: 'scorecard:default/readiness',
  title: 'Readiness',
  levels: [
    { id: 'bronze', title: 'Bronze' },
    { id: 'gold', title: 'Gold' },
  ],
};
const OWNERSHIP = {
  scorecardRef: 'scorecard:default/ownership',
  title: 'Ownership',
  levels: [{ id: 'owned', title: 'Owned' }],
};

const dayOf = (daysAgo: number) =>
  new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);

const counts = (levels: { id: string }[], ...entities: number[]) =>
  [undefined, ...levels.map(({ id }) => id)].map((level, index) => ({
    level,
    entities: entities[index],
  }));

const levels: LevelsReport = {
  asOf: '2026-11-22T09:00:00.000Z',
  scorecards: [
    { ...READINESS, entities: counts(READINESS.levels, 5, 3, 2) },
    { ...OWNERSHIP, entities: counts(OWNERSHIP.levels, 0, 4) },
  ],
};
const trend: TrendReport = {
  scorecards: [
    {
      scorecardRef: READINESS.scorecardRef,
      points: [
        { day: dayOf(90), entities: counts(READINESS.levels, 7, 2, 0) },
        { day: dayOf(0), entities: counts(READINESS.levels, 5, 3, 2) },
      ],
    },
    {
      scorecardRef: OWNERSHIP.scorecardRef,
      points: [{ day: dayOf(0), entities: counts(OWNERSHIP.levels, 0, 4) }],
    },
  ],
};
const outcomes = {
  pass: 0,
  fail: 0,
  exempt: 0,
  notApplicable: 0,
  noData: 0,
  error: 0,
};
const rules: RulesReport = {
  rules: [
    {
      scorecardRef: READINESS.scorecardRef,
      ruleId: 'coverage',
      title: 'Tests cover the code',
      level: 'gold',
      outcomes: { ...outcomes, pass: 4, fail: 3, noData: 2, notApplicable: 1 },
      blocking: { fail: 1, noData: 2, error: 0 },
    },
    {
      scorecardRef: READINESS.scorecardRef,
      ruleId: 'on-call',
      title: 'Somebody is on call',
      level: 'bronze',
      outcomes: { ...outcomes, pass: 5, fail: 5 },
      blocking: { fail: 5, noData: 0, error: 0 },
    },
    {
      scorecardRef: OWNERSHIP.scorecardRef,
      ruleId: 'owner',
      title: 'Has an owner',
      level: 'owned',
      outcomes: { ...outcomes, pass: 4 },
      blocking: { fail: 0, noData: 0, error: 0 },
    },
  ],
};
const rowOf = (
  ref: string | undefined,
  title: string | undefined,
  depth = 0,
): BreakdownReport['rows'][number] => ({
  ref,
  title,
  depth,
  scorecards: [
    { entities: counts(READINESS.levels, 1, 1, 2) },
    { entities: counts(OWNERSHIP.levels, 0, 4) },
  ],
});
const DOMAINS = [
  rowOf('domain:default/sales', 'Sales'),
  rowOf(undefined, undefined),
];
const GROUPS = [
  rowOf('group:default/all', 'Everybody'),
  rowOf('group:default/web', 'Web', 1),
];
/** Of groups there are two pages. */
function breakdown(query: URLSearchParams): BreakdownReport {
  const scorecards = [READINESS, OWNERSHIP];
  if (query.get('by') === 'domain') {
    return { by: 'domain', scorecards, totalRows: 2, rows: DOMAINS };
  }
  return query.get('cursor') === 'second'
    ? { by: 'group', scorecards, totalRows: 2, rows: GROUPS.slice(1) }
    : {
        by: 'group',
        scorecards,
        totalRows: 2,
        rows: GROUPS.slice(0, 1),
        nextCursor: 'second',
      };
}
const exemptions: Page<Exemption> = {
  items: [
    {
      id: '1',
      entityRef: 'component:default/shop',
      entityTitle: 'Shop',
      scorecardRef: READINESS.scorecardRef,
      scorecardTitle: 'Readiness',
      ruleId: 'coverage',
      ruleTitle: 'Tests cover the code',
      state: 'approved',
      reason: 'Rewritten',
      requestedBy: 'user:default/joel',
      requestedAt: '2026-10-01T00:00:00.000Z',
      expiresAt: new Date(Date.now() + 5.5 * DAY).toISOString(),
    },
  ],
};

function answer({ path, query }: SeenRequest) {
  switch (path) {
    case '/reports/levels':
      return { body: levels };
    case '/reports/trend':
      return { body: trend };
    case '/reports/rules':
      return { body: rules };
    case '/reports/breakdown':
      return { body: breakdown(query) };
    case '/exemptions':
      return { body: exemptions };
    default:
      return undefined;
  }
}

const region = (name: string) => screen.findByRole('region', { name });

const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => [...row.children].map(cell => cell.textContent));

describe('the dashboard', () => {
  it('says where the organization stands, and opens what is behind each number', async () => {
    const { requests } = renderScorecards({
      element: <DashboardPage />,
      address: '/?domain=domain:default/sales',
      answer,
    });

    const standing = await region('Where we stand');
    const [readiness, ownership] = within(standing)
      .getAllByRole('heading', { level: 4 })
      .map(heading => heading.closest('li')!);
    expect(
      within(readiness).getByRole('link', { name: 'Gold: 2 (20%)' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?level=gold&domain=domain%3Adefault%2Fsales',
    );
    await waitFor(() =>
      expect(readiness).toHaveTextContent(
        /Since .*: 2 more on Gold, 1 more on Bronze, 2 fewer without a level\./,
      ),
    );
    expect(ownership).toHaveTextContent(
      'There is nothing to compare with yet.',
    );

    const gaps = await screen.findByRole('table', { name: /^Rules that keep/ });
    expect(cells(gaps)).toEqual([
      ['Somebody is on call', 'Readiness', 'Bronze', '5', '0', '0'],
      ['Tests cover the code', 'Readiness', 'Gold', '1', '2', '0'],
    ]);
    expect(within(gaps).getByRole('link', { name: '5' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?level=none&rule=on-call&outcome=fail&domain=domain%3Adefault%2Fsales',
    );

    const ends = await screen.findByRole('table', {
      name: /^Exemptions that end within 30 days/,
    });
    expect(within(ends).getByText('in 5 days')).toBeInTheDocument();
    expect(within(ends).getByRole('link', { name: 'Shop' })).toHaveAttribute(
      'href',
      '/catalog/default/component/shop/scorecards?scorecard=default/readiness&rule=coverage',
    );

    const coverage = await screen.findByRole('table', {
      name: 'Data coverage of each scorecard',
    });
    expect(cells(coverage)).toEqual([
      ['Readiness', '89% of 19 checks', '2', 'Tests cover the code: 2'],
      ['Ownership', '100% of 4 checks', '0', 'Nothing is missing'],
    ]);

    // One request for each part, all of them about the same
    expect(requests.map(({ path }) => path).sort()).toEqual([
      '/exemptions',
      '/reports/breakdown',
      '/reports/breakdown',
      '/reports/levels',
      '/reports/rules',
      '/reports/trend',
    ]);
    for (const { query } of requests) {
      expect(query.get('domain')).toBe('domain:default/sales');
    }
    const asked = requests.find(({ path }) => path === '/reports/trend')!;
    expect(asked.query.get('from')).toBe(dayOf(90));
  });

  it('shows domains and groups as they come, page by page, and narrows all to one of them', async () => {
    const { requests, user } = renderScorecards({
      element: <DashboardPage />,
      answer,
    });
    const groups = await screen.findByRole('table', { name: /by group/ });
    expect(
      within(groups)
        .getAllByRole('rowheader')
        .map(header => header.textContent),
    ).toEqual(['Everybody']);
    await user.click(
      within(groups).getByRole('button', { name: 'Show more of 2' }),
    );
    expect(
      await within(groups).findByRole('rowheader', { name: 'Web' }),
    ).toBeInTheDocument();
    expect(within(groups).queryByRole('button')).not.toBeInTheDocument();
    const domains = await screen.findByRole('table', { name: /by domain/ });
    expect(cells(domains)).toEqual([
      ['Sales', 'Gold: 2Bronze: 1No level: 1', 'Owned: 4'],
      ['No domain', 'Gold: 2Bronze: 1No level: 1', 'Owned: 4'],
    ]);
    expect(
      within(domains).getAllByRole('link', { name: 'Gold: 2' })[1],
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?level=gold&domain=none',
    );

    // The name of a row narrows everything to it
    await user.click(within(groups).getByRole('link', { name: 'Web' }));
    expect(await screen.findByText('Group web')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        requests.filter(
          ({ query }) => query.get('owner') === 'group:default/web',
        ),
      ).toHaveLength(6),
    );
  });

  it('compares with the time that is chosen, and keeps it in the address', async () => {
    const { requests, user } = renderScorecards({
      element: <DashboardPage />,
      address: '/?scorecard=scorecard:default/ownership&range=30',
      answer,
    });
    const standing = await region('Where we stand');
    expect(
      within(standing)
        .getAllByRole('heading', { level: 4 })
        .map(heading => heading.textContent),
    ).toEqual(['Ownership']);
    expect(
      await screen.findByRole('img', {
        name: /^Ownership: services per level/,
      }),
    ).toBeInTheDocument();
    const fromOf = () =>
      requests
        .filter(({ path }) => path === '/reports/trend')
        .map(({ query }) => [query.get('scorecard'), query.get('from')]);
    expect(fromOf()).toEqual([[OWNERSHIP.scorecardRef, dayOf(30)]]);

    await user.click(
      screen.getByRole('button', { name: /30 days ago.*Compare with/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'A year ago' }));
    await waitFor(() =>
      expect(fromOf()[1]).toEqual([OWNERSHIP.scorecardRef, dayOf(364)]),
    );
  });

  it('lets one part fail alone, and tries that one again', async () => {
    let isBroken = true;
    const { user } = renderScorecards({
      element: <DashboardPage />,
      answer: request =>
        request.path === '/reports/trend' && isBroken
          ? refuse(500, 'Error', 'Out of order')
          : answer(request),
    });
    const part = await region('Over time');
    expect(await within(part).findByRole('alert')).toHaveTextContent(
      'Out of order',
    );
    expect(
      await screen.findByRole('table', { name: /^Rules that keep/ }),
    ).toBeInTheDocument();
    isBroken = false;
    await user.click(within(part).getByRole('button', { name: 'Try again' }));
    expect(
      await within(part).findByRole('img', { name: /^All scorecards/ }),
    ).toBeInTheDocument();
  });

  it('says what to do as long as there is nothing to show', async () => {
    renderScorecards({
      element: <DashboardPage />,
      answer: request =>
        request.path === '/reports/levels'
          ? { body: { ...levels, scorecards: [] } }
          : undefined,
    });
    expect(
      await screen.findByRole('heading', { name: 'No scorecard is live yet' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Try a scorecard' }),
    ).toHaveAttribute('href', '/scorecards/try');
  });

  it('says what is wrong with an address that somebody typed', async () => {
    renderScorecards({
      element: <DashboardPage />,
      address: '/?owner=platform&domain=:/',
      answer: () => refuse(400, 'InputError', 'owner: has to be a ref'),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'owner: has to be a ref',
    );
    expect(screen.getByText(/Group platform/)).toBeVisible();
  });

  it('prints', async () => {
    const print = jest.spyOn(window, 'print').mockImplementation(() => {});
    const { user } = renderScorecards({ element: <DashboardPage />, answer });
    await user.click(await screen.findByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledTimes(1);
  });
});

describe('several scorecards as one', () => {
  it('have the levels of each where those are the same', () => {
    const { levels: same, sum } = mergeScorecards([READINESS, READINESS]);
    expect(same).toBe(READINESS.levels);
    expect(
      sum([
        counts(READINESS.levels, 1, 2, 3),
        counts(READINESS.levels, 10, 20, 30),
      ]),
    ).toEqual(counts(READINESS.levels, 11, 22, 33));
  });

  it('have the highest level in common, and a day sums up those that have it', () => {
    const { levels: common, sumTrends } = mergeScorecards([
      READINESS,
      OWNERSHIP,
    ]);
    expect(common.map(({ id }) => id)).toEqual(['between', 'highest']);
    expect(sumTrends(trend.scorecards.map(({ points }) => points))).toEqual([
      { day: dayOf(90), entities: counts(common, 7, 2, 0) },
      { day: dayOf(0), entities: counts(common, 5, 3, 6) },
    ]);
  });
});
