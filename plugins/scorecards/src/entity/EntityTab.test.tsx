import { screen, waitFor, within } from '@testing-library/react';
import type {
  EntityScorecard,
  Exemption,
} from '@waymark/plugin-scorecards-common';
import {
  refuse,
  type Answer,
  type SeenRequest,
} from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import {
  createExemption,
  createRule,
  createStanding,
} from '../__testUtils__/standings';
import { EntityTab } from './EntityTab';

const REF = 'component:default/orders';
const ENTITY_PATH = '/entities/component/default/orders';
const RULE_PATH = `${ENTITY_PATH}/scorecards/default/readiness/rules/objectives`;

const objectives = createRule({
  ruleId: 'objectives',
  title: 'Every endpoint has an objective',
  level: 'silver',
  outcome: 'fail',
  why: 'It says how reliable is **reliable enough**.',
  fix: {
    text: 'Add a file to `slo/`.',
    link: 'https://docs.example/slo',
    template: 'add-objective',
    values: {
      component: '${{ entity.metadata.name }}',
      endpoints: '${{ facts.slo.endpointsWithoutSlo }}',
    },
  },
  evidence: {
    expression: 'size(facts.slo.endpointsWithoutSlo) == 0',
    message: 'The check does not hold.',
    inputs: [
      {
        path: 'facts.slo.endpointsWithoutSlo',
        value: Array.from({ length: 12 }, (_, index) => `GET /${index}`),
        observedAt: '2026-11-20T08:00:00Z',
        source: 'https://forge.example/orders',
        stale: true,
        staleReason: 'The repository did not answer.',
      },
      {
        path: 'facts.delivery.lastDeploymentAt',
        value: '2026-11-20T08:00:00Z',
        source: 'data:text/html,hello',
        expired: true,
      },
      { path: 'facts.coverage.percent', value: 81.25, source: 'ci' },
      { path: 'facts.log', value: `${'x'.repeat(300)} end`, truncated: true },
      { path: 'entity.spec.lifecycle', value: true },
      { path: 'entity.spec.nothing' },
    ],
  },
});
const coverage = createRule({
  ruleId: 'coverage',
  title: 'Tests cover enough',
  outcome: 'noData',
  evidence: {
    expression: 'facts.coverage.percent >= 80',
    inputs: [{ path: 'facts.coverage.percent' }],
    message: 'Nobody has reported coverage.percent yet.',
  },
});
const runbook = createRule({
  ruleId: 'runbook',
  title: 'Has a runbook',
  evidence: {
    expression: 'facts.repository.readme.runbook',
    inputs: [{ path: 'facts.repository.readme.runbook', value: true }],
  },
});
const readiness = createStanding({
  standing: {
    throughExemption: false,
    score: 33,
    since: '2026-11-01T08:00:00Z',
  },
  rules: [runbook, coverage, objectives],
  nextSteps: { level: 'bronze', ruleIds: ['coverage'] },
});

const standings = (
  scorecards: EntityScorecard[],
  asOf = '2026-11-22T08:00:00Z',
): Answer => ({ body: { entityRef: REF, asOf, scorecards } });

function renderTab(options: {
  query?: string;
  answer?: (request: SeenRequest) => Answer;
  exemptions?: Exemption[];
  isAllowed?: (permission: string) => boolean;
}) {
  const { query = '', answer, exemptions = [], isAllowed } = options;
  return renderScorecards({
    element: <EntityTab />,
    path: '/catalog/:namespace/:kind/:name/scorecards',
    address: `/catalog/default/component/orders/scorecards${query}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'orders' },
    },
    entities: [
      {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'add-objective', title: 'Add an objective' },
      },
    ],
    isAllowed,
    answer: request => {
      const given = answer?.(request);
      if (given) {
        return given;
      }
      if (request.path === '/exemptions' && request.method === 'GET') {
        return { body: { items: exemptions } };
      }
      return request.path === ENTITY_PATH ? standings([readiness]) : undefined;
    },
  });
}

const findRule = (name: string) => screen.findByRole('button', { name });

describe('the scorecards of an entity', () => {
  it('puts the next steps before all other rules, each of them once', async () => {
    renderTab({});
    const section = await screen.findByRole('region', { name: 'Readiness' });
    expect(section).toHaveTextContent('No levelScore 33 of 100');
    expect(
      within(section)
        .getAllByRole('heading')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Readiness',
      'Next: Bronze – 1 step',
      'Tests cover enough',
      'Bronze',
      'Has a runbook',
      'Silver',
      'Every endpoint has an objective',
    ]);
    expect(section).toHaveTextContent('Bronze1 of 2 met');
    expect(await findRule('Tests cover enough')).toHaveAccessibleDescription(
      'No data · Nobody has reported coverage.percent yet.',
    );
    expect(await findRule('Has a runbook')).toHaveAccessibleDescription('Pass');
    expect(
      await findRule('Every endpoint has an objective'),
    ).toHaveAccessibleDescription(
      'Fail · slo.endpointsWithoutSlo: GET /0, GET /1 and 10 more; delivery.lastDeploymentAt: 20 Nov 2026; coverage.percent: 81.25; …',
    );
  });

  it('opens the rule of the address, with why, evidence and the way to mend it', async () => {
    const { user, requests } = renderTab({
      query: '?scorecard=default/readiness&rule=objectives',
      answer: ({ path, query }) =>
        path.startsWith(RULE_PATH)
          ? {
              body: {
                items: [
                  {
                    at: query.get('cursor')
                      ? '2026-10-01T08:00:00Z'
                      : '2026-11-01T08:00:00Z',
                    outcome: query.get('cursor') ? 'pass' : 'fail',
                    ruleChanged: !query.get('cursor'),
                    evidence: objectives.evidence,
                  },
                ],
                ...(!query.get('cursor') && { nextCursor: 'more' }),
              },
            }
          : undefined,
    });
    const rule = await findRule('Every endpoint has an objective');
    await waitFor(() => expect(rule).toHaveFocus());
    expect((await screen.findByText('reliable enough')).tagName).toBe('STRONG');
    expect(rule).toHaveAttribute('aria-expanded', 'true');

    const values = within(screen.getByRole('list', { name: 'Values' }));
    expect(values.getByText('GET /9')).toBeInTheDocument();
    expect(values.queryByText('GET /10')).toBeNull();
    await user.click(values.getByRole('button', { name: 'Show 2 more' }));
    expect(values.getByText('GET /11')).toBeInTheDocument();
    expect(
      values.getByRole('link', { name: 'https://forge.example/orders' }),
    ).toHaveAttribute('href', 'https://forge.example/orders');
    expect(values.getByText(/The repository did not answer/)).toBeVisible();
    expect(values.getByText(/older than the rule accepts/)).toBeVisible();
    expect(values.queryByRole('link', { name: /^data:/ })).toBeNull();
    expect(values.getByText('81.25')).toBeVisible();
    expect(values.getByText('Yes')).toBeVisible();
    expect(values.getByText('Not set')).toBeVisible();
    expect(values.getByText(/There is more than is shown/)).toBeVisible();
    await user.click(values.getByRole('button', { name: 'Show all of it' }));
    expect(values.getByText(/x end$/)).toBeVisible();

    const fix = await screen.findByRole('link', {
      name: 'Fix with Add an objective',
    });
    const form = new URL(fix.getAttribute('href') ?? '', 'http://portal');
    expect(form.pathname).toBe('/create/templates/default/add-objective');
    expect(JSON.parse(form.searchParams.get('formData') ?? '')).toEqual({
      component: 'orders',
      endpoints: expect.arrayContaining(['GET /0', 'GET /11']),
    });
    expect(screen.getByRole('link', { name: /^Read how/ })).toHaveAttribute(
      'href',
      'https://docs.example/slo',
    );

    expect(requests.some(({ path }) => path.startsWith(RULE_PATH))).toBe(false);
    await user.click(screen.getByText('How it changed'));
    const history = await screen.findByRole('list', { name: /^Changes/ });
    expect(history).toHaveTextContent('The rule itself was changed');
    await user.click(
      screen.getByRole('button', { name: 'Show earlier changes' }),
    );
    expect(await within(history).findByText('Pass')).toBeInTheDocument();

    await user.click(screen.getByText('How it is checked'));
    expect(
      await screen.findByRole('region', { name: 'Expression' }),
    ).toHaveTextContent('size(facts.slo.endpointsWithoutSlo) == 0');

    await user.click(rule);
    expect(rule).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('list', { name: 'Values' })).toBeNull();
  });

  it('offers nothing that the reader may not do', async () => {
    renderTab({
      query: '?scorecard=default/readiness&rule=objectives',
      isAllowed: () => false,
    });
    expect(await screen.findByText('reliable enough')).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Fix with/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Request an exemption' }),
    ).toBeNull();
  });

  it('says that the rule of the address is gone', async () => {
    renderTab({ query: '?scorecard=default/readiness&rule=gone' });
    expect(await screen.findByText('That rule is not here')).toBeVisible();
  });

  it('checks again, and says what came of it', async () => {
    const answers = [
      refuse(409, 'ConflictError', 'It is being changed all the time'),
      {
        body: {
          entityRef: REF,
          asOf: '2026-11-22T09:00:00Z',
          scorecards: [
            {
              ...readiness,
              standing: { ...readiness.standing, level: 'bronze', score: 67 },
              rules: [runbook, { ...coverage, outcome: 'pass' }, objectives],
              nextSteps: { level: 'silver', ruleIds: ['objectives'] },
            },
          ],
          collectors: [
            { id: 'catalog', title: 'Catalog', status: 'unchanged' },
            {
              id: 'pagerduty',
              title: 'PagerDuty',
              status: 'failed',
              message: 'No answer within 10 seconds',
            },
          ],
        },
      },
    ];
    const { user } = renderTab({
      answer: ({ method, path }) =>
        method === 'POST' && path === `${ENTITY_PATH}/evaluations`
          ? answers.shift()
          : undefined,
    });
    const button = await screen.findByRole('button', { name: 'Check again' });
    await user.click(button);
    expect(
      await screen.findByText(/Something else is changing it right now/),
    ).toBeVisible();

    await user.click(button);
    expect(
      await screen.findByText('Readiness: from no level to Bronze'),
    ).toBeVisible();
    expect(
      screen.getByText('Tests cover enough: from “No data” to “Pass”'),
    ).toBeVisible();
    expect(screen.queryByText(/Something else is changing/)).toBeNull();
    expect(screen.getByText(/No answer within 10 seconds/)).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: 'Next: Silver – 1 step' }),
    ).toBeVisible();
    await user.click(screen.getByText('What the sources said'));
    expect(await screen.findByText('Catalog')).toBeVisible();
  });

  it('requests an exemption, and says what is wrong with the request', async () => {
    const answers = [
      refuse(
        400,
        'InputError',
        'expiresAt: no exemption lasts longer than 30 days from now',
      ),
      refuse(409, 'ConflictError', 'Exemption 7 holds for the same rule'),
      { status: 201, body: createExemption({}) },
    ];
    const { user, requests } = renderTab({
      query: '?scorecard=default/readiness&rule=coverage',
      answer: ({ method, path }) =>
        method === 'POST' && path === '/exemptions'
          ? answers.shift()
          : undefined,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Request an exemption' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Request an exemption' }),
    );
    // What is missing is said once, above
    expect(screen.queryByText('Nobody has reported it')).toBeNull();
    const send = dialog.getByRole('button', { name: 'Request it' });
    const reason = dialog.getByRole('textbox', { name: /^Reason/ });
    await user.type(reason, 'No time');
    await user.click(send);
    expect(
      await dialog.findByText(/Say in a sentence why the rule has to wait/),
    ).toBeVisible();
    expect(reason).toHaveFocus();

    await user.clear(reason);
    await user.type(reason, 'The tests move to another runner');
    await user.click(send);
    expect(
      await dialog.findByText(
        'No exemption lasts longer than 30 days from now.',
      ),
    ).toBeVisible();
    await user.click(send);
    expect(
      await dialog.findByText(
        'Nothing was requested: Exemption 7 holds for the same rule',
      ),
    ).toBeVisible();

    await user.click(send);
    expect(
      await screen.findByText(/The exemption is requested\./),
    ).toBeInTheDocument();
    const rule = await findRule('Tests cover enough');
    await waitFor(() => expect(rule).toHaveFocus());
    expect(rule).toHaveAccessibleDescription(
      'No data · Exemption requested, not decided yet · Nobody has reported coverage.percent yet.',
    );
    expect(
      screen.getByText(/The tests move to another runner/),
    ).toHaveTextContent('Requested by joel.hartwig on 20 Nov 2026');
    expect(
      screen.queryByRole('button', { name: 'Request an exemption' }),
    ).toBeNull();

    const sent = requests.filter(({ method }) => method === 'POST');
    const { expiresAt, ...others } = sent[2].body as Record<string, string>;
    expect(others).toEqual({
      entityRef: REF,
      scorecardRef: 'scorecard:default/readiness',
      ruleId: 'coverage',
      reason: 'The tests move to another runner',
    });
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(89);
    expect(days).toBeLessThan(92);
  });

  it('shows what became of exemptions, and when one ends soon', async () => {
    const inDays = (days: number) =>
      new Date(Date.now() + days * 86_400_000).toISOString();
    renderTab({
      answer: ({ path }) =>
        path === ENTITY_PATH
          ? standings([
              createStanding({
                standing: {
                  level: 'bronze',
                  throughExemption: true,
                  since: '2026-11-01T08:00:00Z',
                },
                rules: [
                  {
                    ...coverage,
                    outcome: 'exempt',
                    exemption: createExemption({
                      state: 'approved',
                      decidedBy: 'user:default/adaeze.bell',
                      expiresAt: inDays(9),
                    }),
                  },
                  objectives,
                  createRule({
                    ruleId: 'later',
                    outcome: 'fail',
                    counts: false,
                    effectiveFrom: '2099-01-01T00:00:00Z',
                  }),
                ],
              }),
            ])
          : undefined,
      exemptions: [
        createExemption({
          id: '3',
          ruleId: 'objectives',
          state: 'denied',
          decidedBy: 'user:default/adaeze.bell',
          decisionNote: 'A file is quickly written',
        }),
        createExemption({ id: '2', ruleId: 'objectives', state: 'expired' }),
        createExemption({ id: '1', ruleId: 'later', state: 'revoked' }),
      ],
      query: '?scorecard=default/readiness&rule=objectives',
    });
    expect(await findRule('Tests cover enough')).toHaveAccessibleDescription(
      /^Exempt until .*, which is soon$/,
    );
    const denied = await findRule('Every endpoint has an objective');
    await waitFor(() =>
      expect(denied).toHaveAccessibleDescription(/^Fail · Exemption denied · /),
    );
    expect(screen.getByText(/A file is quickly written/)).toHaveTextContent(
      /^Denied by adaeze.bell/,
    );
    // One may ask once more
    expect(
      screen.getByRole('button', { name: 'Request an exemption' }),
    ).toBeEnabled();
    expect(await findRule('later')).toHaveAccessibleDescription(
      'Fail · Counts from 1 Jan 2099 · Request of an exemption taken back',
    );
    expect(screen.getByRole('region', { name: 'Readiness' })).toHaveTextContent(
      'Bronze with an exemption',
    );
  });

  it('shows a day of the past, which can only be read', async () => {
    const { user, requests } = renderTab({
      query: '?asOf=2026-10-01&scorecard=default/readiness&rule=coverage',
    });
    expect(
      await screen.findByText('As it stood at the end of 1 Oct 2026, UTC'),
    ).toBeVisible();
    const rule = await findRule('Tests cover enough');
    await waitFor(() => expect(rule).toHaveAttribute('aria-expanded', 'true'));
    expect(requests.map(({ query }) => query.get('asOf'))).toEqual([
      '2026-10-01',
    ]);
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Request an exemption' }),
    ).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Back to now' }));
    expect(
      await screen.findByRole('button', { name: 'Check again' }),
    ).toBeVisible();
    expect(screen.queryByText(/^As it stood at/)).toBeNull();

    // Month, day, year, as in this browser
    await user.click(screen.getAllByRole('spinbutton')[0]);
    await user.keyboard('10022026');
    expect(
      await screen.findByText('As it stood at the end of 2 Oct 2026, UTC'),
    ).toBeVisible();
  });

  it('says what is wrong with a day that there is not', async () => {
    renderTab({
      query: '?asOf=2026-99-99',
      answer: ({ path }) =>
        path === ENTITY_PATH
          ? refuse(400, 'InputError', 'asOf: has to be a day')
          : undefined,
    });
    expect(await screen.findByText('As it stood on 2026-99-99')).toBeVisible();
    expect(await screen.findByText(/asOf: has to be a day/)).toBeVisible();
    expect(screen.getByRole('group', { name: 'As it stood on' })).toBeVisible();
  });

  it.each([
    [standings([]), 'No scorecard is about this component'],
    [refuse(403, 'NotAllowedError', 'No'), 'Scorecards are not open to you'],
    [
      refuse(404, 'NotFoundError', 'No'),
      'No scorecard is about this component',
    ],
    [refuse(500, 'Error', 'Broken'), 'The scorecards cannot be shown'],
  ])(
    'says what there is to do when there is nothing',
    async (answer, title) => {
      renderTab({
        answer: ({ path }) => (path === ENTITY_PATH ? answer : undefined),
      });
      expect(await screen.findByText(title)).toBeVisible();
    },
  );
});
