import { type APIRequestContext } from '@playwright/test';
import { startRun } from './support/startRun';
import { expect, freshName, test } from './support/test';

interface Rule {
  ruleId: string;
  outcome: string;
  evidence: {
    inputs: { path: string; value?: unknown; source?: string }[];
  };
}

interface Scorecard {
  scorecardRef: string;
  standing: { level?: string };
  rules: Rule[];
}

async function guest(request: APIRequestContext) {
  const signIn = await request.post('/api/auth/guest/refresh', {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { token } = (await signIn.json()).backstageIdentity;
  const headers = { authorization: `Bearer ${token}` };

  /** How a component stands on production readiness; undefined before it is judged. */
  async function readiness(name: string): Promise<Scorecard | undefined> {
    const response = await request.get(
      `/api/scorecards/entities/component/default/${name}`,
      { headers },
    );
    const { scorecards = [] }: { scorecards?: Scorecard[] } =
      await response.json();
    return scorecards.find(
      ({ scorecardRef }) =>
        scorecardRef === 'scorecard:default/production-readiness',
    );
  }

  return {
    headers,
    readiness,

    async outcomes(name: string): Promise<Record<string, string>> {
      const rules = (await readiness(name))?.rules ?? [];
      return Object.fromEntries(
        rules.map(({ ruleId, outcome }) => [ruleId, outcome]),
      );
    },

    /** What a rule read, by the last word of its path. */
    async evidence(name: string, id: string) {
      const rule = (await readiness(name))?.rules.find(
        ({ ruleId }) => ruleId === id,
      );
      return rule?.evidence.inputs[0];
    },
  };
}

test('services of the sample are judged by what is in their repositories', async ({
  request,
}) => {
  const { outcomes, evidence } = await guest(request);
  await expect
    .poll(() => outcomes('order-service'), { timeout: 60_000 })
    .toEqual({
      'on-call': 'noData',
      runbook: 'pass',
      coverage: 'noData',
      'critical-vulnerabilities': 'noData',
      objectives: 'fail',
      deployment: 'noData',
    });
  expect(await evidence('order-service', 'objectives')).toMatchObject({
    path: 'facts.slo.endpointsWithoutSlo',
    value: ['DELETE /orders/{orderId}'],
    source: expect.stringContaining('/ticketing/order-service'),
  });
  await expect
    .poll(() => outcomes('train-tracker'))
    .toMatchObject({ runbook: 'pass', objectives: 'pass' });
  await expect
    .poll(() => outcomes('departure-boards'))
    .toMatchObject({ runbook: 'fail', objectives: 'notApplicable' });

  // Those without a repository say where the facts come from
  await expect
    .poll(() => outcomes('vehicle-registry'))
    .toMatchObject({ 'on-call': 'fail', 'critical-vulnerabilities': 'fail' });
  expect(
    await evidence('vehicle-registry', 'critical-vulnerabilities'),
  ).toMatchObject({ value: 2, source: 'Sample data' });
});

test('a new service is judged by its repository, and by what its pipeline reports', async ({
  request,
}) => {
  const { headers, outcomes, readiness } = await guest(request);
  const name = freshName('judged');
  const entityRef = `component:default/${name}`;
  await startRun(request, {
    template: 'node-api',
    values: { name, description: 'Is judged' },
  });
  await expect
    .poll(() => outcomes(name), { timeout: 60_000 })
    .toEqual({
      // It is not in production yet
      'on-call': 'notApplicable',
      runbook: 'pass',
      coverage: 'noData',
      'critical-vulnerabilities': 'noData',
      objectives: 'pass',
      deployment: 'notApplicable',
    });
  expect((await readiness(name))?.standing.level).toBe('bronze');

  const made = await request.post('/api/ci-credentials/credentials', {
    headers,
    data: { source: `https://ci.example/${name}`, entityRefs: [entityRef] },
  });
  const { token } = await made.json();
  const push = (facts: Record<string, unknown>, ref = entityRef) =>
    request.post('/api/scorecards/facts', {
      headers: { authorization: `Bearer ${token}` },
      data: {
        facts: Object.entries(facts).map(([fact, value]) => ({
          entityRef: ref,
          name: fact,
          value,
          observedAt: new Date().toISOString(),
        })),
      },
    });
  const pushed = await push({
    'coverage.percent': 84.2,
    'vulnerabilities.critical': 0,
  });
  expect(await pushed.json()).toEqual({
    items: [{ status: 'accepted' }, { status: 'accepted' }],
  });
  await expect
    .poll(async () => (await readiness(name))?.standing.level)
    .toBe('gold');
  expect(await outcomes(name)).toMatchObject({
    coverage: 'pass',
    'critical-vulnerabilities': 'pass',
  });

  // The credential speaks for its own component only
  const foreign = await push(
    { 'coverage.percent': 100 },
    'component:default/order-service',
  );
  expect((await foreign.json()).items).toMatchObject([
    { status: 'rejected', error: { name: 'NotAllowedError' } },
  ]);
});
