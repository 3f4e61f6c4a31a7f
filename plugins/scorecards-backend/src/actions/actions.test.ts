import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
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
];

describe('actions', () => {
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
  });

  it('refuse what their routes refuse', async () => {
    expect(
      await invoke('get-facts', { entityRef: 'component:default/nothing' }),
    ).toMatchObject({
      status: 404,
      message: expect.stringContaining('nothing'),
    });
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
});
