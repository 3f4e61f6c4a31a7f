import { screen, waitFor, within } from '@testing-library/react';
import type {
  LevelsReport,
  RulesReport,
} from '@waymark/plugin-scorecards-common';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { GroupCard } from './GroupCard';

const GROUP = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ticketing', namespace: 'default', title: 'Ticketing' },
  spec: { type: 'team', children: [] },
};

const levels = (meanScore?: number): LevelsReport => ({
  asOf: '2026-11-20T08:00:00Z',
  scorecards: [
    {
      scorecardRef: 'scorecard:default/readiness',
      title: 'Readiness',
      levels: [{ id: 'bronze', title: 'Bronze' }],
      entities:
        meanScore === undefined
          ? [{ entities: 0 }, { level: 'bronze', entities: 0 }]
          : [{ entities: 1 }, { level: 'bronze', entities: 3 }],
      meanScore,
    },
  ],
});

const rule = (
  ruleId: string,
  title: string,
  fail: number,
): RulesReport['rules'][number] => ({
  scorecardRef: 'scorecard:default/readiness',
  ruleId,
  title,
  outcomes: {
    pass: 4 - fail,
    fail,
    exempt: 0,
    notApplicable: 0,
    noData: 0,
    error: 0,
  },
});

const EXEMPTION = {
  id: '1',
  entityRef: 'component:default/order-service',
  entityTitle: 'Order Service',
  scorecardRef: 'scorecard:default/readiness',
  ruleId: 'coverage',
  ruleTitle: 'Tests cover enough',
  state: 'approved',
  reason: 'Until the rewrite',
  requestedBy: 'user:default/joel',
  requestedAt: '2026-10-01T08:00:00Z',
  expiresAt: new Date(Date.now() + 5 * 86_400_000 + 60_000).toISOString(),
};

const open = (
  answer: (request: SeenRequest) => { body: unknown } | undefined,
) => renderScorecards({ element: <GroupCard />, entity: GROUP, answer });

describe('the card of a group', () => {
  it('says how the group stands, how that changed, and where to look', async () => {
    const { requests } = open(({ path, query }) => {
      switch (path) {
        case '/reports/levels':
          return { body: levels(query.has('asOf') ? 58 : 64.2) };
        case '/reports/rules':
          return {
            body: {
              rules: [
                rule('owner', 'Has an owner', 0),
                rule('on-call', 'Is on call', 1),
                rule('coverage', 'Tests cover enough', 3),
              ],
            },
          };
        case '/exemptions':
          return { body: { items: [EXEMPTION] } };
        default:
          return undefined;
      }
    });
    const card = await screen.findByRole('region', { name: 'Scorecards' });
    expect(
      await within(card).findByText('Score 64, up 6 in 30 days'),
    ).toBeInTheDocument();
    expect(card).toHaveTextContent('Bronze: 3 (75%)');
    expect(card).toHaveTextContent('No level: 1 (25%)');
    const below = '/scorecards/default/readiness';
    const ofGroup = 'owner=group%3Adefault%2Fticketing';
    await within(card).findByRole('heading', {
      name: 'Exemptions that end soon',
    });
    const links = within(card)
      .getAllByRole('link')
      .map(link => [
        link.getAttribute('aria-label') ?? link.textContent,
        link.getAttribute('href'),
      ]);
    expect(links).toEqual([
      ['Readiness', `${below}/services?${ofGroup}`],
      ['Heat map of Readiness', `${below}/heat-map?${ofGroup}`],
      [
        'Tests cover enough',
        `${below}/services?${ofGroup}&rule=coverage&outcome=fail`,
      ],
      ['Is on call', `${below}/services?${ofGroup}&rule=on-call&outcome=fail`],
      [
        'Order Service',
        '/catalog/default/component/order-service/scorecards?scorecard=default/readiness&rule=coverage',
      ],
    ]);
    expect(card).toHaveTextContent('3 of 4 fail');
    expect(card).toHaveTextContent('1 of 4 fails');
    expect(card).toHaveTextContent('Tests cover enough, ends in 5 days');
    expect(
      requests.every(
        ({ query }) => query.get('owner') === 'group:default/ticketing',
      ),
    ).toBe(true);
  });

  it('is short where nothing is judged', async () => {
    const { requests } = open(() => ({ body: levels() }));
    expect(
      await screen.findByText(
        'No scorecard is about anything that Ticketing, or a group below it, owns.',
      ),
    ).toBeInTheDocument();
    expect(requests).toHaveLength(2);
  });

  it('says what is wrong, and tries again', async () => {
    let isAway = true;
    const { user } = open(() =>
      isAway
        ? refuse(503, 'ServiceUnavailableError', 'Not just now')
        : { body: levels() },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('Not just now');
    isAway = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/^No scorecard is about/),
    ).toBeInTheDocument();
  });

  it('is not there when scorecards are not open to the reader', async () => {
    const { requests } = open(() => refuse(403, 'NotAllowedError', 'No'));
    await waitFor(() => expect(requests).toHaveLength(2));
    await waitFor(() =>
      expect(screen.queryByRole('heading', { name: 'Scorecards' })).toBeNull(),
    );
  });
});
