import { screen, within } from '@testing-library/react';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../../__testUtils__/renderScorecards';
import { outcomes, sampleScorecard } from '../../__testUtils__/sampleScorecard';
import { ScorecardPage } from '../ScorecardPage';
import { describeDuration } from './describeDuration';
import { readFacts } from './readFacts';

function open(options: { address?: string; refused?: string } = {}) {
  const answers: Record<string, unknown> = {
    '/scorecards/default/readiness': sampleScorecard(),
    '/reports/rules': {
      rules: [
        {
          ruleId: 'on-call',
          outcomes: outcomes({ pass: 4, fail: 1, exempt: 2, noData: 3 }),
        },
      ],
    },
    '/exemptions': { items: [{ ruleId: 'on-call' }, { ruleId: 'on-call' }] },
  };
  return renderScorecards({
    element: <ScorecardPage />,
    path: '/scorecards/:namespace/:name/*',
    address: options.address ?? '/scorecards/default/readiness/rules',
    answer: ({ path }: SeenRequest) => {
      if (options.refused === path) {
        return refuse(503, 'ServiceUnavailableError', 'Not now');
      }
      return path in answers ? { body: answers[path] } : undefined;
    },
  });
}

describe('the rules of a scorecard', () => {
  it('are told in words and as they are written, the lowest level first', async () => {
    const { requests, user } = open();
    const rule = within(
      await screen.findByRole('region', { name: 'Somebody is on call' }),
    );
    expect(
      screen
        .getAllByRole('heading', { level: 3 })
        .map(each => each.textContent),
    ).toEqual(['Bronze1 rule', 'Silver1 rule', 'For the score only1 rule']);

    expect(rule.getByText('Only those that are in production')).toBeVisible();
    expect(rule.getByText('A fact older than 2 days is no data')).toBeVisible();
    expect(rule.getByText('onCall.rotation')).toBeVisible();
    expect(rule.getByText('onCall.people')).toBeVisible();
    expect(rule.getByText('night')).toBeVisible();
    expect(
      rule.getByRole('region', { name: 'Expression of Somebody is on call' }),
    ).toHaveTextContent(
      "facts.onCall.rotation != '' && facts.onCall.people >= 2",
    );
    expect(await rule.findByText('4 of 10 pass (40%)')).toBeVisible();
    expect(rule.getByRole('link', { name: 'No data 3' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?rule=on-call&outcome=noData',
    );
    expect(rule.getByRole('link', { name: '2 approved' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/exemptions?rule=on-call&state=approved',
    );
    await user.click(rule.getByText('How to make it pass'));
    expect(rule.getByText('Ask for a rotation.')).toBeVisible();
    expect(rule.getByRole('link', { name: /^Read how/ })).toHaveAttribute(
      'href',
      'https://on-call.example/start',
    );
    expect(rule.getByRole('link', { name: 'add-on-call' })).toBeVisible();

    const readme = within(screen.getByRole('region', { name: 'Has a README' }));
    expect(
      readme.getByText('From 1 Dec 2126 on; until then it is only shown'),
    ).toBeVisible();
    expect(readme.getByText('None')).toBeVisible();

    // As many requests as for a single rule
    expect(requests.map(({ path }) => path).sort()).toEqual([
      '/exemptions',
      '/reports/rules',
      '/scorecards/default/readiness',
    ]);
  });

  it('are led to one by one', async () => {
    open({ address: '/scorecards/default/readiness/rules?rule=tidy' });
    const rule = await screen.findByRole('region', { name: 'Is tidy' });
    expect(rule.parentElement).toHaveFocus();
  });

  it('are there while nothing can be counted', async () => {
    open({ refused: '/reports/rules' });
    expect(await screen.findByRole('alert')).toHaveTextContent('Not now');
    expect(screen.getByRole('region', { name: 'Has a README' })).toBeVisible();
  });
});

describe('what an expression reads', () => {
  it.each([
    ['facts.coverage.percent >= 80', ['coverage.percent']],
    [
      "size(facts.slo.missing) == 0 || facts.slo.missing.all(m, m != 'facts.x')",
      ['slo.missing'],
    ],
    ["entity.metadata.name != '' && artifacts.size > 0", []],
    ['has(facts.a.b) && timestamp(facts.c) < now', ['a.b', 'c']],
  ])('%s', (expression, names) => {
    expect(readFacts(expression)).toEqual(names);
  });
});

it('tells lengths of time in words', () => {
  expect(describeDuration({ days: 1, hours: 12 })).toBe('1 day and 12 hours');
});
