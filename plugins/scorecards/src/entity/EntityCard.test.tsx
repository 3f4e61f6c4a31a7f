import { screen, waitFor, within } from '@testing-library/react';
import type { EntityScorecard } from '@waymark/plugin-scorecards-common';
import { refuse, type Answer } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { createRule, createStanding } from '../__testUtils__/standings';
import { EntityCard } from './EntityCard';

const TAB = '/catalog/default/component/orders/scorecards';

function renderCard(answers: Answer[]) {
  return renderScorecards({
    element: <EntityCard />,
    path: '/catalog/:namespace/:kind/:name',
    address: '/catalog/default/component/orders',
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'orders' },
    },
    answer: () => (answers.length > 1 ? answers.shift() : answers[0]),
  });
}

const standings = (...scorecards: EntityScorecard[]): Answer => ({
  body: {
    entityRef: 'component:default/orders',
    asOf: '2026-11-22T08:00:00Z',
    scorecards,
  },
});

describe('the scorecards on the overview of an entity', () => {
  it('names three next steps, and says in a line what is done', async () => {
    renderCard([
      standings(
        createStanding({
          scorecardRef: 'scorecard:default/docs',
          title: 'Docs',
          standing: {
            level: 'silver',
            throughExemption: true,
            score: 100,
            since: '2026-11-01T08:00:00Z',
          },
        }),
        createStanding({
          standing: {
            throughExemption: false,
            score: 12.6,
            since: '2026-11-01T08:00:00Z',
          },
          rules: ['a', 'b', 'c', 'd', 'e'].map(ruleId =>
            createRule({ ruleId, title: `Rule ${ruleId}`, outcome: 'noData' }),
          ),
          nextSteps: {
            level: 'bronze',
            ruleIds: ['e', 'd', 'c', 'b', 'a'],
          },
        }),
      ),
    ]);
    const card = await screen.findByRole('region', { name: 'Scorecards' });
    const steps = await within(card).findByRole('list', {
      name: 'Next steps of Readiness, to Bronze',
    });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['No dataRule e', 'No dataRule d', 'No dataRule c', '2 more']);
    expect(within(steps).getByRole('link', { name: 'Rule e' })).toHaveAttribute(
      'href',
      `${TAB}?scorecard=default/readiness&rule=e`,
    );
    expect(within(steps).getByRole('link', { name: '2 more' })).toHaveAttribute(
      'href',
      `${TAB}?scorecard=default/readiness`,
    );

    // What there is to do comes first
    expect(
      within(within(card).getByRole('list', { name: 'Scorecards' }))
        .getAllByRole('link', { name: /Docs|Readiness/ })
        .map(({ textContent }) => textContent),
    ).toEqual(['Readiness', 'Docs']);
    expect(card).toHaveTextContent('No levelScore 13');
    expect(card).toHaveTextContent('Silver with an exemptionScore 100');
    expect(
      within(card).queryByRole('list', { name: /Next steps of Docs/ }),
    ).toBeNull();
  });

  it.each([
    ['no scorecard is about it', standings()],
    ['scorecards are not open', refuse(403, 'NotAllowedError', 'No')],
    ['it has left the catalog', refuse(404, 'NotFoundError', 'No')],
  ])('is not there when %s', async (_, answer) => {
    const { requests } = renderCard([answer]);
    await waitFor(() => expect(requests).toHaveLength(1));
    await waitFor(() =>
      expect(screen.queryByRole('heading', { name: 'Scorecards' })).toBeNull(),
    );
  });

  it('waits for what is new in the catalog, and shows it by itself', async () => {
    const { requests } = renderCard([
      {
        body: {
          entityRef: 'component:default/orders',
          asOf: '2026-11-22T08:00:00Z',
          pending: true,
          scorecards: [],
        },
      },
      standings(createStanding({})),
    ]);
    expect(
      await screen.findByText(/^New in the catalog: it is judged/),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Readiness' }),
    ).toBeVisible();
    expect(screen.queryByText(/New in the catalog/)).toBeNull();
    expect(requests).toHaveLength(2);
  });

  it('says when they cannot be read, and tries again', async () => {
    const { user } = renderCard([
      refuse(503, 'ServiceUnavailableError', 'The database is away'),
      standings(createStanding({})),
    ]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Readiness' }),
    ).toBeInTheDocument();
  });
});
