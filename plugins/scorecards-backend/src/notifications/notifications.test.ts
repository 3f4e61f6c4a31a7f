import notifications from '@backstage/plugin-notifications-backend';
import { eventually } from '@waymark/backend-test-support';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';

jest.setTimeout(120_000);

/** A Friday. */
const NOON = Date.parse('2031-01-10T12:00:00Z');
const LEVELS = 'scorecards-level-notifications';
const DIGEST = 'scorecards-weekly-digest';

const user = (name: string, ...memberOf: string[]) => ({
  kind: 'User',
  metadata: { name },
  spec: { memberOf },
});
const group = (name: string, parent?: string) => ({
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [], ...(parent && { parent }) },
});

const entities = [
  user('nia', 'owls'),
  user('sam', 'owls'),
  user('zoe', 'owlets'),
  user('kim'),
  group('owls'),
  group('owlets', 'owls'),
  ...['checkout', 'billing'].map(name => ({
    kind: 'Component',
    metadata: { name, title: name.toLocaleUpperCase('en-US') },
    spec: { type: 'service', lifecycle: 'production', owner: 'owls' },
  })),
  ...['docs', 'sketch'].map(name => ({
    apiVersion: 'waymark.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name, title: name === 'docs' ? 'Documentation' : 'Sketch' },
    spec: {
      owner: 'group:default/owls',
      lifecycle: name === 'docs' ? 'live' : 'draft',
      appliesTo: { kind: 'Component' },
      levels: [{ id: 'bronze' }, { id: 'gold' }],
      rules: [
        {
          id: 'readme',
          title: 'Has a README',
          level: 'bronze',
          check: 'facts.pages > 0',
        },
        {
          id: 'runbook',
          title: 'Has a runbook',
          level: 'gold',
          check: 'facts.pages > 1',
        },
      ],
    },
  })),
];

describe.each(databases.eachSupportedId())('notifications on %s', id => {
  let plugin: Scorecards;

  beforeAll(async () => {
    plugin = await startScorecards({
      id,
      at: NOON,
      entities,
      features: [notifications],
    });
  });
  afterAll(async () => {
    await plugin?.stop();
  });

  /** The number of pages decides on the level. */
  const pages = async (count: number, ...names: string[]) => {
    await plugin.call('/facts', {
      user: 'nia',
      body: {
        facts: names.map(name => ({
          entityRef: `component:default/${name}`,
          name: 'pages',
          value: count,
          observedAt: new Date(plugin.clock.now()).toISOString(),
        })),
      },
    });
    await eventually('it is evaluated', async () => {
      const [{ due }] = await plugin
        .knex('subjects')
        .where('due_at', '<=', plugin.clock.now())
        .count({ due: '*' });
      const levels = await plugin
        .knex('standings')
        .join('subjects', 'subjects.id', 'standings.subject_id')
        .whereIn(
          'subjects.ref',
          names.map(name => `component:default/${name}`),
        )
        .pluck('level');
      return Number(due) === 0 && levels.every(level => level === count);
    });
    plugin.clock.advance({ seconds: 1 });
  };
  const inbox = async (name: string) => {
    const { body } = await plugin.call('/api/notifications/notifications', {
      user: name,
    });
    return body.notifications.map(
      ({ payload }: { payload: object }) => payload,
    );
  };
  const titles = async (name: string) =>
    (await inbox(name)).map(({ title }: { title: string }) => title);
  const choose = (name: string, delivery: string) =>
    plugin.call('/preferences', {
      user: name,
      method: 'PUT',
      body: { delivery },
    });

  it('say nothing of facts that arrive with the entity', async () => {
    await pages(1, 'checkout', 'billing');
    await pages(0, 'checkout', 'billing');
    plugin.clock.advance({ minutes: 2 });
    await plugin.run(LEVELS);
    expect(await titles('nia')).toEqual([]);
    expect(
      await plugin.knex('standing_transitions').whereNull('notified_at'),
    ).toEqual([]);
  });

  it('tell owners of each change once, together what comes together', async () => {
    await pages(1, 'checkout', 'billing');
    await plugin.run(LEVELS);
    // They wait for others
    expect(await titles('nia')).toEqual([]);
    plugin.clock.advance({ minutes: 2 });
    await plugin.run(LEVELS);
    await plugin.run(LEVELS);
    for (const name of ['nia', 'sam', 'zoe']) {
      expect(await inbox(name)).toEqual([
        expect.objectContaining({
          title: 'Documentation: 2 went up',
          description: [
            'BILLING went up from no level to Bronze',
            'CHECKOUT went up from no level to Bronze',
          ].join('\n'),
          link: '/scorecards/default/docs',
        }),
      ]);
    }
    expect(await titles('kim')).toEqual([]);
  });

  it('take the place of what a crash has told already', async () => {
    await plugin
      .knex('standing_transitions')
      .where('at', '>', NOON + 60_000)
      .whereIn(
        'scorecard_id',
        plugin.knex('scorecards').where({ lifecycle: 'live' }).select('id'),
      )
      .update({ notified_at: null });
    await plugin.run(LEVELS);
    expect(await titles('nia')).toEqual(['Documentation: 2 went up']);
  });

  it('say nothing of what was undone meanwhile', async () => {
    await pages(2, 'billing');
    await pages(1, 'billing');
    plugin.clock.advance({ minutes: 2 });
    await plugin.run(LEVELS);
    expect(await titles('nia')).toHaveLength(1);
    expect(
      await plugin.knex('standing_transitions').whereNull('notified_at'),
    ).toEqual([]);
  });

  it('come once a week for those who choose it', async () => {
    expect((await plugin.call('/preferences', { user: 'zoe' })).body).toEqual({
      delivery: 'each',
    });
    expect(await choose('zoe', 'never')).toMatchObject({ status: 400 });
    expect((await choose('zoe', 'weekly')).body).toEqual({
      delivery: 'weekly',
    });
    expect((await plugin.call('/preferences', { user: 'zoe' })).body).toEqual({
      delivery: 'weekly',
    });

    await pages(2, 'checkout');
    await pages(0, 'billing');
    plugin.clock.advance({ minutes: 2 });
    await plugin.run(LEVELS);
    expect(await titles('nia')).toHaveLength(2);
    expect(await titles('zoe')).toHaveLength(1);

    // It is still the same week
    await plugin.run(DIGEST);
    expect(await titles('zoe')).toHaveLength(1);
    // Monday
    plugin.clock.set('2031-01-13T08:00:01Z');
    await plugin.run(DIGEST);
    await plugin.run(DIGEST);
    expect((await inbox('zoe'))[0]).toMatchObject({
      link: '/scorecards/list',
      title: 'Scorecards this week: 1 went up, 1 went down',
      description: [
        'Documentation: BILLING went down from Bronze to no level',
        'Documentation: CHECKOUT went up from Bronze to Gold',
      ].join('\n'),
    });
    expect(await titles('zoe')).toHaveLength(2);

    // A week in which nothing happened
    plugin.clock.set('2031-01-20T08:00:01Z');
    await plugin.run(DIGEST);
    expect(await titles('zoe')).toHaveLength(2);
    await choose('zoe', 'each');
    await pages(1, 'checkout');
    plugin.clock.advance({ minutes: 2 });
    await plugin.run(LEVELS);
    expect(await titles('zoe')).toHaveLength(3);
    expect((await inbox('zoe'))[0]).toMatchObject({
      title: 'Documentation: CHECKOUT went down from Gold to Bronze',
      link: '/catalog/default/component/checkout/scorecards?scorecard=default/docs',
    });
  });

  it('are for people to choose', async () => {
    const token = await plugin.pipelineToken({
      user: 'nia',
      source: 'https://ci.example.com/checkout',
      entityRefs: ['component:default/checkout'],
    });
    expect(await plugin.call('/preferences', { token })).toMatchObject({
      status: 403,
    });
  });
});
