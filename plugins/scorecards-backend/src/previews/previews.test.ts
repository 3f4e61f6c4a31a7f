import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';
import { ownersAct } from '../__testUtils__/TestPolicy';

jest.setTimeout(120_000);

const component = (name: string, owner: string) => ({
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'production', owner },
});

/** Passes bronze with a README and gold with the coverage. */
const scorecard = (spec: JsonObject = {}) => ({
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: { name: 'quality' },
  spec: {
    owner: 'group:default/owls',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }, { id: 'gold' }],
    rules: [
      {
        id: 'readme',
        title: 'Has a README',
        level: 'bronze',
        check: 'facts.readme',
      },
      {
        id: 'coverage',
        title: 'Is tested',
        level: 'gold',
        check: 'facts.coverage >= 80',
      },
    ],
    ...spec,
  },
});

const stricter = scorecard({
  rules: [
    {
      id: 'readme',
      title: 'Has a README',
      level: 'bronze',
      check: 'facts.readme && facts.coverage >= 50',
    },
    {
      id: 'coverage',
      title: 'Is tested',
      level: 'gold',
      check: 'facts.coverage + "x" == ""',
    },
  ],
});

describe.each(databases.eachSupportedId())('previews on %s', id => {
  let plugin: Scorecards;

  beforeAll(async () => {
    plugin = await startScorecards({
      id,
      entities: [
        ...['nia', 'kim'].map(name => ({
          kind: 'User',
          metadata: { name },
          spec: { memberOf: ['owls'] },
        })),
        {
          kind: 'Group',
          metadata: { name: 'owls' },
          spec: { type: 'team', children: [] },
        },
        component('full', 'owls'),
        component('half', 'owls'),
        component('poor', 'foxes'),
        component('none', 'foxes'),
        scorecard(),
      ],
    });
    const observedAt = new Date().toISOString();
    const fact = (name: string, fact_: string, value: boolean | number) => ({
      entityRef: `component:default/${name}`,
      name: fact_,
      value,
      observedAt,
    });
    plugin.policy.set(() => ({ result: AuthorizeResult.ALLOW }));
    await plugin.call('/facts', {
      user: 'nia',
      body: {
        facts: [
          fact('full', 'readme', true),
          fact('full', 'coverage', 90),
          fact('half', 'readme', true),
          fact('half', 'coverage', 60),
          fact('poor', 'readme', true),
          fact('poor', 'coverage', 10),
        ],
      },
    });
    await eventually('everything is evaluated', async () => {
      const rows = await plugin.knex('standings').pluck('level');
      return rows.sort().join() === '0,1,1,2';
    });
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  afterEach(() => plugin.policy.set(() => ({ result: AuthorizeResult.ALLOW })));

  const preview = (wanted: unknown, user = 'nia') =>
    plugin.call('/previews', { user, body: { scorecard: wanted } });

  it('say who would move, and write nothing', async () => {
    const count = async () => {
      const counts = [];
      for (const table of ['outcomes', 'outcome_transitions', 'rules']) {
        counts.push(await plugin.knex(table).count({ count: '*' }));
      }
      return counts;
    };
    const before = await count();
    const { status, body } = await preview(stricter);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      levels: [
        { id: 'bronze', title: 'Bronze' },
        { id: 'gold', title: 'Gold' },
      ],
      entities: [
        { entities: 2 },
        { level: 'bronze', entities: 2 },
        { level: 'gold', entities: 0 },
      ],
      rules: [
        {
          ruleId: 'readme',
          outcomes: { pass: 2, fail: 1, noData: 1, error: 0 },
        },
        { ruleId: 'coverage', outcomes: { pass: 0, noData: 1, error: 3 } },
      ],
      impact: {
        published: true,
        moves: expect.arrayContaining([
          { from: 'gold', to: 'bronze', entities: 1 },
          { from: 'bronze', entities: 1 },
        ]),
        joining: 0,
        leaving: 0,
      },
    });
    expect(body.impact.moves).toHaveLength(2);
    expect(body.impact.owners).toEqual(
      expect.arrayContaining([
        { owner: 'group:default/owls', up: 0, down: 1 },
        { owner: 'group:default/foxes', up: 0, down: 1 },
      ]),
    );
    const [first] = body.items;
    expect(first).toMatchObject({
      entityRef: expect.stringMatching(/full|poor/),
      before: { level: expect.any(String) },
      errors: { coverage: expect.any(String) },
    });
    expect(await count()).toEqual(before);
  });

  it('take YAML, and one that nobody has published', async () => {
    const { body } = await preview(`
apiVersion: waymark.dev/v1alpha1
kind: Scorecard
metadata: { name: brand-new }
spec:
  owner: group:default/owls
  appliesTo: { kind: Component, metadata.name: full }
  levels: [{ id: only }]
  rules:
    - { id: tested, title: Tested, level: only, check: facts.coverage > 80 }
`);
    expect(body).toMatchObject({
      entities: [{ entities: 0 }, { level: 'only', entities: 1 }],
      meanScore: 100,
      impact: { published: false, moves: [], joining: 1, leaving: 0 },
      items: [
        {
          entityRef: 'component:default/full',
          outcomes: { tested: 'pass' },
        },
      ],
    });
  });

  it('begin with those that have something to look at', async () => {
    const { metadata, ...rest } = scorecard();
    const { body } = await preview({
      ...rest,
      metadata: { ...metadata, name: 'another' },
    });
    expect(body.items).toHaveLength(4);
    expect(body.items[3]).toMatchObject({
      entityRef: 'component:default/full',
      outcomes: { readme: 'pass', coverage: 'pass' },
    });
  });

  it('say who would leave', async () => {
    const { body } = await preview(
      scorecard({ appliesTo: { kind: 'Component', 'metadata.name': 'full' } }),
    );
    expect(body.impact).toMatchObject({ moves: [], joining: 0, leaving: 3 });
  });

  it('count what the caller may read, and no more', async () => {
    plugin.policy.set((request, user) =>
      request.permission.name === 'catalog.entity.read'
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'catalog',
            resourceType: 'catalog-entity',
            conditions: {
              rule: 'IS_ENTITY_OWNER',
              resourceType: 'catalog-entity',
              params: { claims: user?.info.ownershipEntityRefs ?? [] },
            },
          }
        : ownersAct(request, user),
    );
    // Decisions about nia are still remembered
    const { body } = await preview(stricter, 'kim');
    expect(
      body.items.map((row: { entityRef: string }) => row.entityRef),
    ).toEqual(['component:default/full', 'component:default/half']);
    expect(body.impact.owners).toEqual([
      { owner: 'group:default/owls', up: 0, down: 1 },
    ]);
  });

  it('are refused to those who may have nothing evaluated', async () => {
    plugin.policy.set(({ permission }) => ({
      result:
        permission.name === 'scorecards.evaluation.run'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    }));
    expect(await preview(stricter, 'sam')).toMatchObject({
      status: 403,
      message: expect.stringContaining('scorecards.evaluation.run'),
    });
  });

  it('say what is wrong with the scorecard, for people and for editors', async () => {
    const bad = scorecard({ levels: [{ id: 'bronze' }, { id: 'silver' }] });
    const { status, body, message } = await preview(bad);
    expect(status).toBe(400);
    expect(body.error.issues).toEqual([
      { path: 'spec.rules[1].level', reason: expect.any(String) },
    ]);
    expect(message).toContain('spec.rules[1].level: ');
    for (const [wanted, code] of [
      [undefined, 400],
      [['a'], 400],
      ['x'.repeat(300_000), 413],
    ] as const) {
      expect(await preview(wanted)).toMatchObject({ status: code });
    }
  });

  it('run one at a time for each caller', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => preview(stricter)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.filter(status => status !== 200)).toEqual(
      statuses.filter(status => status === 429),
    );
    expect((await preview(stricter)).status).toBe(200);
  });

  it('end when nobody waits for them', async () => {
    const gone = new AbortController();
    const token = await plugin.tokenOf('nia');
    const request = fetch(`${plugin.address}/api/scorecards/previews`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ scorecard: stricter }),
      signal: gone.signal,
    });
    gone.abort();
    await expect(request).rejects.toThrow(/abort/i);
    // Whoever it was may ask again
    await eventually(
      'there is room again',
      async () => (await preview(stricter)).status === 200,
    );
  });
});
