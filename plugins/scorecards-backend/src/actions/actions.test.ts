import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { OpenApiDocument } from '@waymark/backend-test-support';
import {
  ScorecardEntityV1alpha1,
  ScorecardsClient,
} from '@waymark/plugin-scorecards-common';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';

jest.setTimeout(120_000);

const entities = [
  {
    kind: 'User',
    metadata: { name: 'nia' },
    spec: { memberOf: ['owls'] },
  },
  {
    kind: 'Group',
    metadata: { name: 'owls' },
    spec: { type: 'team', children: [] },
  },
  {
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: { type: 'service', lifecycle: 'production', owner: 'owls' },
  },
  {
    apiVersion: 'waymark.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name: 'docs' },
    spec: {
      owner: 'group:default/owls',
      appliesTo: { kind: 'Component' },
      levels: [{ id: 'bronze' }],
      rules: [
        {
          id: 'runbook',
          title: 'Has a runbook',
          level: 'bronze',
          check: 'facts.docs.runbook',
        },
      ],
    },
  },
];

describe('actions and the client', () => {
  let plugin: Scorecards;
  beforeAll(async () => {
    plugin = await startScorecards({
      id: databases.eachSupportedId()[0][0],
      entities,
      features: [actionsRegistryServiceFactory],
    });
  });
  afterAll(async () => {
    await plugin?.stop();
  });

  const invoke = (
    name: string,
    input: object,
    caller: { user?: string; token?: string } = { user: 'nia' },
  ) =>
    plugin.call(
      `/api/scorecards/.backstage/actions/v2/actions/scorecards:${name}/invoke`,
      { ...caller, body: { input } },
    );

  it('say what they take and whether they change anything', async () => {
    const { body } = await plugin.call(
      '/api/scorecards/.backstage/actions/v1/actions',
      { user: 'nia' },
    );
    const attributes = Object.fromEntries(
      body.actions.map((action: { name: string; attributes: object }) => [
        action.name,
        action.attributes,
      ]),
    );
    expect(Object.keys(attributes).sort()).toEqual([
      'approve-exemption',
      'deny-exemption',
      'evaluate-entity',
      'get-entity-scorecards',
      'get-facts',
      'get-heatmap-report',
      'get-levels-report',
      'get-movers-report',
      'get-next-steps-report',
      'get-rules-report',
      'get-scorecard',
      'get-scorecard-results',
      'get-trend-report',
      'list-exemptions',
      'list-scorecards',
      'preview-scorecard',
      'push-facts',
      'request-exemption',
      'revoke-exemption',
    ]);
    expect(attributes['get-facts']).toEqual({
      readOnly: true,
      destructive: false,
      idempotent: true,
    });
    expect(attributes['push-facts']).toMatchObject({ destructive: true });
  });

  it('do what their routes do, in the name of the caller', async () => {
    const observedAt = new Date().toISOString();
    const facts = [
      {
        entityRef: 'component:default/checkout',
        name: 'coverage.percent',
        value: 81.5,
        observedAt,
      },
    ];
    expect(await invoke('push-facts', { facts })).toMatchObject({
      status: 200,
      body: { output: { items: [{ status: 'accepted' }] } },
    });
    expect(
      await invoke('get-facts', { entityRef: 'component:default/checkout' }),
    ).toMatchObject({
      body: { output: { items: [{ name: 'coverage.percent', value: 81.5 }] } },
    });
    for (const name of [
      'list-scorecards',
      'list-exemptions',
      'get-levels-report',
      'get-trend-report',
      'get-rules-report',
      'get-heatmap-report',
    ]) {
      expect(await invoke(name, {})).toMatchObject({ status: 200 });
    }
    expect(
      await invoke('get-next-steps-report', { owner: ['user:default/nobody'] }),
    ).toMatchObject({ body: { output: { totalItems: 0, items: [] } } });
    expect(
      await invoke('get-movers-report', { scorecard: 'docs' }),
    ).toMatchObject({
      body: { output: { scorecardRef: 'scorecard:default/docs', items: [] } },
    });
  });

  it('refuse what their routes refuse', async () => {
    expect(
      await invoke('get-facts', { entityRef: 'component:default/nothing' }),
    ).toMatchObject({
      status: 404,
      message: expect.stringContaining('nothing'),
    });
    for (const [action, input] of [
      // No way up, to other routes or to other plugins
      ['get-scorecard', { scorecardRef: '..' }],
      ['get-entity-scorecards', { entityRef: '..:../catalog' }],
      ['approve-exemption', { id: '..' }],
      ['get-facts', { entityRef: 'checkout' }],
    ] as const) {
      expect(await invoke(action, input)).toMatchObject({
        status: 400,
        message: expect.stringContaining('is not '),
      });
    }
    expect(
      await invoke('request-exemption', {
        entityRef: 'component:default/checkout',
        scorecardRef: 'docs',
        ruleId: 'runbook',
        reason: 'Because',
        expiresAt: 'tomorrow',
      }),
    ).toMatchObject({
      status: 400,
      message: expect.stringContaining('expiresAt: '),
    });
    expect(
      await invoke(
        'push-facts',
        {
          facts: [
            {
              entityRef: 'component:default/checkout',
              name: 'a.b',
              value: 1,
              observedAt: new Date().toISOString(),
            },
          ],
        },
        { user: 'stranger' },
      ),
    ).toMatchObject({
      body: { output: { items: [{ status: 'rejected' }] } },
    });
  });

  it('are not for pipelines, which would shed what they are bound to', async () => {
    const token = await plugin.pipelineToken({
      user: 'nia',
      source: 'https://ci.example.com/checkout',
      entityRefs: ['component:default/checkout'],
    });
    expect(await invoke('list-scorecards', {}, { token })).toMatchObject({
      status: 403,
      message: expect.stringContaining('not for pipelines'),
    });
    expect(await invoke('list-scorecards', {}, {})).toMatchObject({
      status: 401,
    });
  });

  it('reach every route', async () => {
    const reached: string[] = [];
    const token = await plugin.tokenOf('nia');
    const client = new ScorecardsClient({
      discoveryApi: {
        getBaseUrl: async id => `${plugin.address}/api/${id}`,
      },
      fetchApi: {
        fetch: (input, init) => {
          const { pathname } = new URL(String(input));
          reached.push(`${init?.method ?? 'GET'} ${pathname}`);
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
    const entityRef = 'component:default/checkout';
    const scorecardRef = 'docs';

    await client.evaluateEntity({ entityRef });
    const { scorecards } = await client.getEntityScorecards({ entityRef });
    expect(scorecards).toHaveLength(1);
    const { items } = await client.listScorecards({ limit: 1 });
    expect(items).toEqual([await client.getScorecard({ scorecardRef })]);
    const results = await client.getResults({
      scorecardRef,
      rule: 'runbook',
      outcome: 'noData',
      limit: 10,
    });
    expect(results.items).toHaveLength(1);
    const transitions = await client.getRuleTransitions({
      entityRef,
      scorecardRef,
      ruleId: 'runbook',
    });
    expect(transitions.items[0]).toMatchObject({ outcome: 'noData' });
    const csv = await client.exportResults({ scorecardRef });
    expect(await csv.text()).toContain(entityRef);
    const preview = await client.previewScorecard({
      scorecard: entities[3] as ScorecardEntityV1alpha1,
    });
    expect(preview.impact).toMatchObject({ published: true, moves: [] });
    for (const report of [
      await client.getLevelsReport({ scorecard: ['docs'] }),
      await client.getTrendReport(),
      await client.getRulesReport(),
      await client.getHeatmapReport({ by: 'system' }),
      await client.getBreakdownReport({ by: 'domain' }),
      await client.getMoversReport({ scorecard: 'docs' }),
      await client.getNextStepsReport({ owner: ['owls'] }),
    ]) {
      expect(JSON.stringify(report)).toContain('scorecard:default/docs');
    }
    const badge = await client.getBadgeUrl({ entityRef, scorecardRef });
    const picture = await fetch(badge, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await picture.text()).toMatch(/^<svg /);

    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const wish = { entityRef, scorecardRef, ruleId: 'runbook', expiresAt };
    const { id } = await client.requestExemption({ ...wish, reason: 'Later' });
    await expect(client.approveExemption({ id })).rejects.toMatchObject({
      cause: { name: 'NotAllowedError' },
    });
    await client.revokeExemption({ id, note: 'Now' });
    const other = await client.requestExemption({ ...wish, reason: 'Later' });
    await client.denyExemption({ id: other.id, note: 'Never' });
    const { items: denied } = await client.listExemptions({
      state: ['denied', 'expired'],
    });
    expect(denied.map(exemption => exemption.id)).toEqual([other.id]);
    expect(await client.setPreferences({ delivery: 'weekly' })).toEqual(
      await client.getPreferences(),
    );
    const observedAt = new Date().toISOString();
    await client.pushFacts({
      facts: [{ entityRef, name: 'docs.pages', value: 3, observedAt }],
    });
    const facts = await client.getFacts({ entityRef });
    expect(facts.items.map(({ name }) => name)).toContain('docs.pages');

    // The one for programs, and the one for pictures
    const others = /openapi\.json|\.svg$/;
    const document = await OpenApiDocument.read({
      packageName: '@waymark/plugin-scorecards-backend',
    });
    const documented = document.routes.filter(route => !others.test(route));
    expect(
      documented.filter(
        route =>
          !reached.some(call => {
            const [method, path] = route.split(' ');
            const pattern = path.replace(/\{[^}]+\}/g, '[^/]+');
            return new RegExp(
              `^${method.toLocaleUpperCase(
                'en-US',
              )} /api/scorecards${pattern}$`,
            ).test(call);
          }),
      ),
    ).toEqual([]);
  });
});
