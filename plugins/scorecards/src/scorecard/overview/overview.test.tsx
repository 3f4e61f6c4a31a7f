import { screen, within } from '@testing-library/react';
import type {
  MoversReport,
  ScorecardSummary,
} from '@waymark/plugin-scorecards-common';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../../__testUtils__/renderScorecards';
import { outcomes, sampleScorecard } from '../../__testUtils__/sampleScorecard';
import { ScorecardPage } from '../ScorecardPage';

const NOBODY: MoversReport = {
  scorecardRef: 'scorecard:default/readiness',
  from: '2026-08-24',
  up: 0,
  down: 0,
  joined: 2,
  left: 0,
  items: [],
};

const MOVERS: MoversReport = {
  ...NOBODY,
  up: 7,
  down: 1,
  items: [
    {
      entityRef: 'component:default/fares',
      title: 'Fares',
      direction: 'up',
      fromLevel: 'bronze',
      toLevel: 'silver',
      at: '2026-11-20T08:00:00Z',
      throughExemption: true,
    },
    {
      entityRef: 'component:default/orders',
      direction: 'down',
      fromLevel: 'bronze',
      at: '2026-11-19T08:00:00Z',
      throughExemption: false,
    },
  ],
};

const RULES = [
  {
    scorecardRef: 'scorecard:default/readiness',
    ruleId: 'on-call',
    title: 'Somebody is on call',
    outcomes: outcomes({ pass: 4, fail: 1, noData: 5 }),
  },
  {
    scorecardRef: 'scorecard:default/readiness',
    ruleId: 'readme',
    title: 'Has a README',
    outcomes: outcomes({ pass: 5, fail: 3, exempt: 1, error: 1 }),
  },
  {
    scorecardRef: 'scorecard:default/readiness',
    ruleId: 'tidy',
    title: 'Is tidy',
    outcomes: outcomes({ pass: 10 }),
  },
];

const POINT = {
  day: '2026-11-22',
  entities: [{ level: 'bronze', entities: 10 }],
  meanScore: 71.4,
};

function open(options: {
  scorecard?: Partial<ScorecardSummary>;
  movers?: MoversReport;
  rules?: typeof RULES;
  refused?: string[];
  address?: string;
}) {
  const { movers = MOVERS, rules = RULES, refused = [] } = options;
  const answers: Record<string, unknown> = {
    '/scorecards/default/readiness': sampleScorecard(options.scorecard),
    '/reports/trend': {
      scorecards: [
        { scorecardRef: 'scorecard:default/readiness', points: [POINT] },
      ],
    },
    '/reports/movers': movers,
    '/reports/rules': { rules },
  };
  return renderScorecards({
    element: <ScorecardPage />,
    path: '/scorecards/:namespace/:name/*',
    address: options.address ?? '/scorecards/default/readiness/overview',
    answer: ({ path }: SeenRequest) => {
      if (refused.includes(path)) {
        return refuse(503, 'ServiceUnavailableError', `${path} is resting`);
      }
      return path in answers ? { body: answers[path] } : undefined;
    },
  });
}

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

describe('the overview of a scorecard', () => {
  it('says where services stand, and leads to those of each level', async () => {
    open({});
    const stand = await region('Where services stand');
    expect(stand.getByText('10 in all, mean score 71')).toBeVisible();
    expect(
      stand.getByRole('link', { name: 'Silver: 3 (30%)' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?level=silver',
    );
    expect(
      stand.getByRole('link', { name: 'No level: 2 (20%)' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?level=none',
    );
    const header = screen.getByRole('heading', { name: 'Readiness', level: 2 });
    expect(header).toBeVisible();
    expect(screen.getByRole('link', { name: 'the catalog' })).toHaveAttribute(
      'href',
      '/catalog/default/scorecard/readiness',
    );
    // A day is no trend yet
    expect(
      await screen.findByText('The history has just begun.'),
    ).toBeVisible();
    expect(
      screen.getByRole('img', { name: /over time\. 22 Nov 2026: Silver 0/ }),
    ).toBeVisible();
  });

  it('says who moved, and how', async () => {
    open({});
    const movers = await region('Movers');
    expect(
      await movers.findByText('Since 24 Aug 2026: 7 up, 1 down, 2 new.'),
    ).toBeVisible();
    expect(movers.getByRole('link', { name: 'Fares' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fares/scorecards?scorecard=default/readiness',
    );
    expect(
      movers.getByText('from Bronze to Silver with an exemption'),
    ).toBeVisible();
    expect(movers.getByText('from Bronze to no level')).toBeVisible();
    expect(movers.getByText('and 6 more')).toBeVisible();
  });

  it('tells rules that fail from those that nobody reports on', async () => {
    open({});
    const failing = await region('Rules failing most');
    expect(
      await failing.findByRole('link', { name: 'Has a README' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/rules?rule=readme',
    );
    // The one that fails more often first; the one that passes is not there
    expect(
      failing
        .getAllByRole('link', { name: /call|README|tidy/ })
        .map(link => link.textContent),
    ).toEqual(['Has a README', 'Somebody is on call']);
    expect(failing.getByRole('link', { name: 'Fail 3' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?rule=readme&outcome=fail',
    );
    expect(failing.getByRole('link', { name: 'No data 5' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?rule=on-call&outcome=noData',
    );
    const coverage = await region('Data coverage');
    expect(coverage.getByText('83%').parentElement).toHaveTextContent(
      '83% of what the rules ask for is known: 25 of 30. Of that, 1 ended with an error of the rule.',
    );
    expect(
      coverage.getByRole('link', { name: 'Somebody is on call: 5' }),
    ).toBeVisible();
  });

  it('looks back as far as one asks, in its address', async () => {
    const { requests, user } = open({ movers: NOBODY });
    expect(
      await screen.findByRole('heading', {
        name: 'Nobody reached or lost a level',
      }),
    ).toBeVisible();
    await user.click(screen.getByRole('radio', { name: '1 year' }));
    const asked = () =>
      requests.filter(({ path }) => path === '/reports/trend').pop()!.query;
    expect(asked().get('every')).toBe('4');
    const days =
      (Date.now() - Date.parse(asked().get('from')!)) / (24 * 60 * 60 * 1000);
    expect(Math.floor(days)).toBe(365);
  });

  it('shows the rest when a part of it fails', async () => {
    open({ refused: ['/reports/rules', '/reports/movers'] });
    expect(await screen.findByText('/reports/movers is resting')).toBeVisible();
    expect(await screen.findByText('/reports/rules is resting')).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Where services stand' }),
    ).toBeVisible();
  });

  it('says what a scorecard waits for that judges nothing', async () => {
    const { requests } = open({ scorecard: { entities: [] } });
    expect(
      await screen.findByRole('heading', {
        name: 'There is nothing to judge yet',
      }),
    ).toBeVisible();
    expect(screen.getByText('Components of type service')).toBeVisible();
    expect(requests.filter(({ path }) => path.startsWith('/reports'))).toEqual(
      [],
    );
  });

  it.each([
    ['draft', /^Draft: only you and your group see it/],
    ['retired', /^Retired: it judges nothing any more/],
  ] as const)('says what it means to be %s', async (lifecycle, notice) => {
    open({ scorecard: { lifecycle } });
    expect(await screen.findByText(notice)).toBeVisible();
  });
});
