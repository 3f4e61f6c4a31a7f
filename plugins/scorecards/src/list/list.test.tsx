import { screen, within } from '@testing-library/react';
import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { DefinitionCard } from './DefinitionCard';
import { ListPage } from './ListPage';

const LEVELS = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'silver', title: 'Silver' },
];

function scorecard(
  name: string,
  more: Partial<ScorecardSummary> = {},
): ScorecardSummary {
  return {
    scorecardRef: `scorecard:default/${name}`,
    title: name.charAt(0).toUpperCase() + name.slice(1),
    description: `Whether ${name} is as it should be`,
    owner: 'group:default/platform',
    lifecycle: 'live',
    appliesTo: { kind: 'Component', 'spec.type': 'service' },
    levels: LEVELS,
    rules: [],
    ruleCount: 3,
    entities: [
      { entities: 1 },
      { level: 'bronze', entities: 2 },
      { level: 'silver', entities: 1 },
    ],
    meanScore: 61.6,
    ...more,
  };
}

function trendOf(name: string, scores: [day: string, score: number][]) {
  return {
    scorecardRef: `scorecard:default/${name}`,
    points: scores.map(([day, meanScore]) => ({
      day,
      entities: [{ level: 'bronze', entities: 4 }],
      meanScore,
    })),
  };
}

function answerWith(options: {
  inForce: ScorecardSummary[];
  retired?: ScorecardSummary[];
  trends?: ReturnType<typeof trendOf>[];
  nextCursor?: string;
}) {
  return ({ path, query }: SeenRequest) => {
    if (path === '/reports/trend') {
      return { body: { scorecards: options.trends ?? [] } };
    }
    const isRetired = query.get('lifecycle') === 'retired';
    const items = (isRetired ? options.retired ?? [] : options.inForce).filter(
      ({ title }) => title.includes(query.get('search') ?? ''),
    );
    const isFirst = !isRetired && !query.has('cursor');
    return {
      body: {
        items,
        totalItems: items.length,
        ...(isFirst &&
          options.nextCursor && { nextCursor: options.nextCursor }),
      },
    };
  };
}

describe('all scorecards', () => {
  it('says what each is for, whom it judges, how they stand and where it goes', async () => {
    const { requests } = renderScorecards({
      element: <ListPage />,
      address: '/?days=90',
      answer: answerWith({
        inForce: [
          scorecard('readiness'),
          scorecard('secrecy', { lifecycle: 'draft', meanScore: undefined }),
        ],
        retired: [scorecard('antiquity', { lifecycle: 'retired' })],
        trends: [
          trendOf('readiness', [
            ['2026-08-24', 49.7],
            ['2026-09-24', 55],
            ['2026-11-22', 61.6],
          ]),
        ],
      }),
    });

    const readiness = within(
      await screen.findByRole('article', { name: 'Readiness' }),
    );
    expect(readiness.getByRole('link', { name: 'Readiness' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/overview',
    );
    expect(
      readiness.getByText('Whether readiness is as it should be'),
    ).toBeVisible();
    expect(readiness.getByText('Components of type service')).toBeVisible();
    expect(readiness.getByText(/· 4 entities/)).toBeVisible();
    expect(readiness.getByRole('link', { name: 'platform' })).toHaveAttribute(
      'href',
      '/catalog/default/group/platform',
    );
    expect(readiness.getByText('Bronze: 2 (50%)')).toBeVisible();
    expect(await readiness.findByText('up 12 since 24 Aug 2026')).toBeVisible();

    const draft = within(screen.getByRole('article', { name: 'Secrecy' }));
    expect(
      draft.getByText(/^Draft: only you and your group see it/),
    ).toBeVisible();

    const retired = within(
      await screen.findByRole('region', { name: 'Retired' }),
    );
    expect(retired.getByRole('link', { name: 'Antiquity' })).toBeVisible();

    // One request about all trends, and none about a draft
    const trends = requests.filter(({ path }) => path === '/reports/trend');
    expect(trends.map(({ query }) => query.getAll('scorecard'))).toEqual([
      ['scorecard:default/readiness'],
    ]);
  });

  it('is searched and paged', async () => {
    const { requests, user } = renderScorecards({
      element: <ListPage />,
      answer: answerWith({
        inForce: [scorecard('readiness'), scorecard('ownership')],
        nextCursor: 'second',
      }),
    });
    await user.click(await screen.findByRole('link', { name: 'Next page' }));
    expect(
      await screen.findByRole('link', { name: 'First page' }),
    ).toBeVisible();
    expect(screen.getByRole('list', { name: 'Scorecards' })).toHaveFocus();

    await user.type(
      screen.getByRole('searchbox', { name: 'Search scorecards' }),
      'Owner{Enter}',
    );
    expect(
      await screen.findByText('1 scorecard found for “Owner”'),
    ).toBeVisible();
    expect(screen.getByRole('searchbox')).toHaveFocus();
    expect(screen.queryByRole('article', { name: 'Readiness' })).toBeNull();
    const last = requests
      .filter(({ query }) => query.getAll('lifecycle').includes('live'))
      .pop();
    expect(last?.query.get('search')).toBe('Owner');
    expect(last?.query.has('cursor')).toBe(false);
  });

  it('says how to get the first one, and what found nothing', async () => {
    renderScorecards({
      element: <ListPage />,
      answer: answerWith({ inForce: [] }),
    });
    expect(
      await screen.findByRole('heading', { name: 'There is no scorecard yet' }),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Try a scorecard' }),
    ).toHaveAttribute('href', '/scorecards/try');
  });

  it('shows the list also while trends fail', async () => {
    const refusals = [refuse(503, 'ServiceUnavailableError', 'Not now')];
    const answer = answerWith({
      inForce: [scorecard('readiness')],
      trends: [trendOf('readiness', [['2026-11-22', 61.6]])],
    });
    const { user } = renderScorecards({
      element: <ListPage />,
      answer: request =>
        request.path === '/reports/trend'
          ? refusals.shift() ?? answer(request)
          : answer(request),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('Not now');
    expect(screen.getByRole('article', { name: 'Readiness' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('too new for a trend')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a scorecard in the catalog', () => {
  it('leads to its page', async () => {
    renderScorecards({
      element: <DefinitionCard />,
      entity: {
        apiVersion: 'waymark.dev/v1alpha1',
        kind: 'Scorecard',
        metadata: { name: 'readiness', namespace: 'default' },
        spec: {
          owner: 'platform',
          lifecycle: 'draft',
          appliesTo: { kind: 'API' },
          levels: [{ id: 'bronze' }, { id: 'top', title: 'The top' }],
          rules: [{ id: 'a', title: 'A', check: 'true' }],
        },
      },
      answer: () => undefined,
    });
    expect(
      await screen.findByRole('link', { name: 'Open the scorecard' }),
    ).toHaveAttribute('href', '/scorecards/default/readiness/overview');
    expect(screen.getByText('APIs')).toBeVisible();
    expect(screen.getByText('Bronze, The top')).toBeVisible();
    expect(screen.getByText(/^Draft:/)).toBeVisible();
  });
});
