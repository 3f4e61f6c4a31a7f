import { screen, waitFor, within } from '@testing-library/react';
import type {
  EntityNextSteps,
  LevelsReport,
  RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { refuse } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { NextSteps } from './NextSteps';
import { TeamScorecards } from './TeamScorecards';

const LEVELS = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'silver', title: 'Silver' },
];

const steps = (...outcomes: RuleOutcome[]) =>
  outcomes.map((outcome, index) => ({
    ruleId: `rule-${index}`,
    title: `Rule ${index}`,
    outcome,
  }));

const item = (some: Partial<EntityNextSteps>): EntityNextSteps => ({
  entityRef: 'component:default/order-service',
  title: 'Order Service',
  scorecardRef: 'scorecard:default/readiness',
  scorecardTitle: 'Readiness',
  levels: LEVELS,
  nextLevel: 'bronze',
  steps: steps('fail'),
  ...some,
});

const levels = (counts: Record<string, number>): LevelsReport => ({
  asOf: '2026-11-20T08:00:00Z',
  scorecards: Object.entries(counts).map(([name, entities]) => ({
    scorecardRef: `scorecard:default/${name}`,
    title: name,
    levels: LEVELS,
    entities: [{ entities: 0 }, { level: 'bronze', entities }],
    ...(entities > 0 && { meanScore: 71.6 }),
  })),
});

const group = (name: string, title: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, title },
  spec: { type: 'team', children: [] },
});

describe('my services: next steps', () => {
  it('leads to the rules that stand between what the reader owns and its next level', async () => {
    const items = [
      item({ steps: steps('fail', 'noData', 'error', 'fail', 'fail') }),
      item({
        entityRef: 'component:default/ticket-shop',
        title: undefined,
        level: 'bronze',
        nextLevel: 'silver',
      }),
      ...Array.from({ length: 7 }, (_, index) =>
        item({ entityRef: `component:default/s${index}`, title: `S${index}` }),
      ),
    ];
    const { requests, user } = renderScorecards({
      element: <NextSteps />,
      ownershipEntityRefs: ['group:default/ticketing'],
      answer: ({ path, query }) =>
        path === '/reports/next-steps'
          ? {
              body: {
                totalItems: items.length,
                items: items.slice(0, Number(query.get('limit'))),
              },
            }
          : undefined,
    });
    const more = await screen.findByRole('button', { name: 'Show 6 more' });
    expect(requests[0].query.getAll('owner')).toEqual([
      'user:default/reader',
      'group:default/ticketing',
    ]);

    const tab = '/catalog/default/component/order-service/scorecards';
    const links = screen
      .getAllByRole('link')
      .map(link => [link.textContent, link.getAttribute('href')]);
    expect(links.slice(0, 5)).toEqual([
      ['Order Service', `${tab}?scorecard=default/readiness`],
      ['Rule 0', `${tab}?scorecard=default/readiness&rule=rule-0`],
      ['Rule 1', `${tab}?scorecard=default/readiness&rule=rule-1`],
      ['Rule 2', `${tab}?scorecard=default/readiness&rule=rule-2`],
      ['2 more', `${tab}?scorecard=default/readiness`],
    ]);
    const [first, second] = screen
      .getAllByRole('listitem')
      .filter(each => within(each).queryByText('Readiness'));
    expect(first).toHaveTextContent('No levelBronze');
    expect(within(first).getByText('No data')).toBeInTheDocument();
    expect(second).toHaveTextContent('ticket-shop');
    expect(second).toHaveTextContent('BronzeSilver');

    await user.click(more);
    const fourth = await screen.findByRole('link', { name: 'S1' });
    // Where the button was
    await waitFor(() => expect(fourth).toHaveFocus());
    expect(screen.getByRole('link', { name: 'S6' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /more/ })).toBeNull();
    expect(
      screen.getByRole('link', { name: 'All scorecards' }),
    ).toHaveAttribute('href', '/scorecards');
  });

  it.each([
    ['All on their highest level', 3],
    ['Nothing of yours is judged yet', 0],
  ])('says kindly why there are none: %s', async (title, judged) => {
    renderScorecards({
      element: <NextSteps />,
      answer: ({ path }) =>
        path === '/reports/next-steps'
          ? { body: { totalItems: 0, items: [] } }
          : { body: levels({ readiness: judged }) },
    });
    expect(
      await screen.findByRole('heading', { name: title }),
    ).toBeInTheDocument();
  });

  it('says what is wrong, and tries again', async () => {
    const answers = [refuse(503, 'ServiceUnavailableError', 'Not just now')];
    const { user } = renderScorecards({
      element: <NextSteps />,
      answer: () =>
        answers.shift() ?? { body: { totalItems: 1, items: [item({})] } },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('Not just now');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Order Service' }),
    ).toBeInTheDocument();
  });
});

describe('my team’s scorecards', () => {
  const ENTITIES = [
    group('ticketing', 'Ticketing'),
    group('gates', 'Gates'),
    group('leads', 'Leads'),
  ];

  it('shows how the one group stands that owns something', async () => {
    renderScorecards({
      element: <TeamScorecards />,
      entities: ENTITIES,
      ownershipEntityRefs: ['group:default/leads', 'group:default/ticketing'],
      answer: ({ query }) => ({
        body: levels(
          query.get('owner') === 'group:default/ticketing'
            ? { readiness: 3, other: 0 }
            : { readiness: 0 },
        ),
      }),
    });
    expect(
      await screen.findByRole('link', { name: 'Ticketing' }),
    ).toHaveAttribute('href', '/catalog/default/group/ticketing');
    const standing = screen.getByRole('list', { name: 'Scorecards' });
    expect(
      within(standing).getByRole('link', { name: 'readiness' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?owner=group%3Adefault%2Fticketing',
    );
    expect(standing).toHaveTextContent('Score 72');
    expect(standing).toHaveTextContent('Bronze: 3 (100%)');
    expect(standing).not.toHaveTextContent('other');
    expect(screen.queryByText('Leads')).toBeNull();
  });

  it('has a tab for each group where there are several', async () => {
    const { user } = renderScorecards({
      element: <TeamScorecards />,
      entities: ENTITIES,
      ownershipEntityRefs: ['group:default/gates', 'group:default/ticketing'],
      answer: ({ query }) => ({
        body: levels(
          query.get('owner') === 'group:default/gates'
            ? { readiness: 1 }
            : { docs: 2 },
        ),
      }),
    });
    const tabs = await screen.findByRole('tablist', { name: 'Your groups' });
    expect(
      await screen.findByRole('link', { name: 'readiness' }),
    ).toBeInTheDocument();
    await user.click(within(tabs).getByRole('tab', { name: 'Ticketing' }));
    expect(
      await screen.findByRole('link', { name: 'docs' }),
    ).toBeInTheDocument();
  });

  it('says why there is nothing', async () => {
    renderScorecards({
      element: <TeamScorecards />,
      answer: () => undefined,
    });
    expect(
      await screen.findByRole('heading', { name: 'You are in no group yet' }),
    ).toBeInTheDocument();
  });
});
