import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { isPermission } from '@backstage/plugin-permission-common';
import {
  BreakdownReport,
  HeatmapReport,
  MoversReport,
  NextStepsReport,
} from '@waymark/plugin-scorecards-common';
import { eventually } from '@waymark/backend-test-support';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';
import { Decide, ownersAct } from '../__testUtils__/TestPolicy';

jest.setTimeout(180_000);

const NOON = Date.parse('2031-01-10T12:00:00Z');

const group = (name: string, parent?: string, title?: string) => ({
  kind: 'Group',
  metadata: { name, ...(title && { title }) },
  spec: { type: 'team', children: [], ...(parent && { parent }) },
});
const component = (name: string, owner: string, system?: string) => ({
  kind: 'Component',
  metadata: { name, ...(name === 'tea' && { labels: { secret: 'true' } }) },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner,
    ...(system && { system }),
  },
});
/** By a number: from 1 on bronze, from 3 on silver. */
const scorecard = (name: string, lifecycle: string, ...more: object[]) => ({
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: { name },
  spec: {
    owner: 'group:default/bears',
    lifecycle,
    appliesTo: { kind: 'Component' },
    levels: [...more, { id: 'bronze' }, { id: 'silver' }],
    rules: [
      {
        id: 'low',
        title: 'One',
        level: 'bronze',
        check: 'facts.n >= 1',
      },
      {
        id: 'mid',
        title: 'Two',
        level: 'silver',
        check: 'facts.n >= 2',
      },
      {
        id: 'high',
        title: 'Three',
        level: 'silver',
        weight: 2,
        check: 'facts.n >= 3',
      },
      { id: 'extra', title: 'Nine', check: 'facts.n >= 9' },
    ],
  },
});

/** Bob does not see what is secret; everybody else is an owner who sees all. */
const decide: Decide = (request, asking) =>
  isPermission(request.permission, catalogEntityReadPermission) &&
  asking?.info.userEntityRef === 'user:default/bob'
    ? createCatalogConditionalDecision(request.permission, {
        not: catalogConditions.hasLabel({ label: 'secret' }),
      })
    : ownersAct(request, asking);

describe.each(databases.eachSupportedId())('reports on %s', id => {
  let plugin: Scorecards;

  const get = async <T>(path: string, user = 'ann') => {
    const { status, body, message } = await plugin.call(path, { user });
    return { status, message, body: body as T };
  };
  /** The number of each, and the level on `ready` that comes of it. */
  const set = async (
    numbers: { [name: string]: number },
    levels?: number[],
  ) => {
    const { body } = await plugin.call('/facts', {
      user: 'ann',
      body: {
        facts: Object.entries(numbers).map(([name, value]) => ({
          entityRef: `component:default/${name}`,
          name: 'n',
          value,
          observedAt: new Date(plugin.clock.now()).toISOString(),
        })),
      },
    });
    expect(body.items).toEqual(
      Object.keys(numbers).map(() => ({ status: 'accepted' })),
    );
    const wanted =
      levels ?? Object.values(numbers).map(n => [0, 1, 1, 2][Math.min(n, 3)]);
    await eventually('it is evaluated', async () => {
      const rows: { ref: string; level: number }[] = await plugin
        .knex('standings')
        .join('subjects', 'subjects.id', 'standings.subject_id')
        .join('scorecards', 'scorecards.id', 'standings.scorecard_id')
        .where('scorecards.ref', 'scorecard:default/ready')
        .select('subjects.ref', 'standings.level');
      return Object.keys(numbers).every((name, index) =>
        rows.some(
          ({ ref, level }) =>
            ref === `component:default/${name}` && level === wanted[index],
        ),
      );
    });
    plugin.clock.advance({ seconds: 1 });
  };

  beforeAll(async () => {
    plugin = await startScorecards({
      id,
      at: NOON,
      entities: [
        {
          kind: 'User',
          metadata: { name: 'ann' },
          spec: { memberOf: ['ants', 'bears', 'foals', 'zebras'] },
        },
        group('division'),
        group('bears', 'division', 'The bears'),
        group('zebras', 'division', 'Animals with stripes'),
        group('foals', 'zebras'),
        group('ants'),
        { kind: 'Domain', metadata: { name: 'food' }, spec: { owner: 'ants' } },
        ...['shop', 'cellar'].map(name => ({
          kind: 'System',
          metadata: { name },
          spec: { owner: 'ants', ...(name === 'shop' && { domain: 'food' }) },
        })),
        component('bread', 'bears', 'shop'),
        component('cake', 'bears', 'cellar'),
        component('milk', 'zebras', 'shop'),
        component('tea', 'foals'),
        component('honey', 'ants'),
        component('salt', 'user:default/ann'),
        scorecard('ready', 'live'),
        scorecard('sketch', 'draft'),
      ],
    });
    plugin.policy.set(decide);
    await set({ bread: 1, cake: 3, milk: 2, tea: 1, honey: 0, salt: 3 });
    plugin.clock.advance({ days: 3 });
    await set({ milk: 3 });
    await set({ milk: 2, bread: 3, cake: 0 });
    await set({ tea: 3 });
    await plugin.catalog.remove('component:default/salt');
    await plugin.catalog.put(component('jam', 'ants'));
    await set({ jam: 3 });
  });
  afterAll(() => plugin?.stop());

  it('tell who moved since a day, the latest first', async () => {
    const movers = (query = '', user?: string) =>
      get<MoversReport>(
        `/reports/movers?scorecard=ready&from=2031-01-10${query}`,
        user,
      );
    const { body } = await movers();
    expect(body).toMatchObject({
      scorecardRef: 'scorecard:default/ready',
      from: '2031-01-10',
      up: 2,
      down: 1,
      joined: 1,
      left: 1,
    });
    expect(body.items[0]).toEqual({
      entityRef: 'component:default/tea',
      owner: 'group:default/foals',
      direction: 'up',
      fromLevel: 'bronze',
      toLevel: 'silver',
      at: expect.stringMatching(/^2031-01-13T12:/),
      throughExemption: false,
    });
    expect(
      body.items
        .slice(1)
        .map(item => [item.entityRef.split('/')[1], item.direction])
        .sort(),
    ).toEqual([
      ['bread', 'up'],
      ['cake', 'down'],
    ]);
    expect(
      body.items.find(({ direction }) => direction === 'down'),
    ).not.toHaveProperty('toLevel');

    expect((await movers('&limit=1')).body).toMatchObject({
      up: 2,
      items: [{ direction: 'up' }, { direction: 'down' }],
    });
    expect((await movers('&owner=zebras')).body).toMatchObject({
      up: 1,
      down: 0,
      joined: 0,
      items: [{ entityRef: 'component:default/tea' }],
    });
    expect((await movers('&domain=food')).body).toMatchObject({
      up: 1,
      items: [{ entityRef: 'component:default/bread' }],
    });
    // What one may not see did not move
    expect((await movers('', 'bob')).body).toMatchObject({ up: 1, down: 1 });
    expect((await movers('&from=2031-01-13')).status).toBe(400);
    expect(
      (await get<MoversReport>('/reports/movers?scorecard=ready')).body,
    ).toMatchObject({ from: '2030-12-14', joined: 6, up: 0, items: [] });
    const today = '/reports/movers?from=2031-01-13&scorecard=';
    expect((await get<MoversReport>(`${today}ready`)).body).toMatchObject({
      up: 0,
      left: 0,
    });
    // A draft is for its owners
    expect((await get(`${today}sketch`)).status).toBe(200);
    expect((await get(`${today}sketch`, 'bob')).status).toBe(404);
    for (const [query, message] of [
      ['', 'scorecard: is missing'],
      ['?scorecard=ready&from=2031-01-14', 'from: has to be a day of the last'],
      ['?scorecard=ready&from=1999-01-14', 'from: '],
      ['?scorecard=ready&limit=101', 'limit: '],
    ]) {
      expect(await get(`/reports/movers${query}`)).toMatchObject({
        status: 400,
        message: expect.stringContaining(message),
      });
    }
  });

  it('tell what is next, the fewest steps first', async () => {
    const next = (query: string, user?: string) =>
      get<NextStepsReport>(`/reports/next-steps?${query}`, user);
    const { body } = await next('owner=division&owner=ants');
    expect(body.totalItems).toBe(3);
    expect(body.items[0]).toEqual({
      entityRef: 'component:default/milk',
      owner: 'group:default/zebras',
      scorecardRef: 'scorecard:default/ready',
      scorecardTitle: 'ready',
      levels: [
        { id: 'bronze', title: 'Bronze' },
        { id: 'silver', title: 'Silver' },
      ],
      level: 'bronze',
      nextLevel: 'silver',
      steps: [{ ruleId: 'high', title: 'Three', outcome: 'fail' }],
    });
    // As many steps, and more of them after that
    const others = body.items.slice(1);
    expect(others.map(item => item.entityRef.split('/')[1]).sort()).toEqual([
      'cake',
      'honey',
    ]);
    for (const item of others) {
      expect(item).toMatchObject({
        nextLevel: 'bronze',
        steps: [{ ruleId: 'low' }],
      });
      expect(item).not.toHaveProperty('level');
    }

    await set({ tea: 1 });
    const withTea = await next('owner=division&limit=2');
    expect(withTea.body).toMatchObject({ totalItems: 3 });
    expect(withTea.body.items).toHaveLength(2);
    const [last] = (await next('owner=foals')).body.items;
    expect(last.steps.map(({ ruleId }) => ruleId)).toEqual(['high', 'mid']);
    expect((await next('owner=foals', 'bob')).body).toEqual({
      totalItems: 0,
      items: [],
    });
    // Drafts count for nothing unless they are named
    const draft = await next('owner=bears&scorecard=sketch');
    expect(draft.body.items).toMatchObject([
      { scorecardRef: 'scorecard:default/sketch', nextLevel: 'bronze' },
    ]);
    for (const [query, message] of [
      ['', 'owner: has to be the ref of a group or user'],
      ['owner=a%20b', 'owner: '],
      ['owner=bears&by=group', 'by'],
    ]) {
      expect(await next(query)).toMatchObject({
        status: 400,
        message: expect.stringContaining(message),
      });
    }
  });

  it('break levels down, each group after the one above it', async () => {
    const read = async (query: string, user?: string) =>
      (
        await get<BreakdownReport>(
          `/reports/breakdown?scorecard=ready&${query}`,
          user,
        )
      ).body;
    const rows = ({ rows: all }: BreakdownReport) =>
      all.map(({ ref = 'none', depth, scorecards: [{ entities }] }) => [
        ref.split('/').pop(),
        depth,
        ...entities.map(count => count.entities),
      ]);
    const groups = await read('by=group');
    expect(groups).toMatchObject({
      by: 'group',
      totalRows: 5,
      scorecards: [{ scorecardRef: 'scorecard:default/ready' }],
    });
    expect(rows(groups)).toEqual([
      ['ants', 0, 1, 0, 1],
      ['division', 0, 1, 2, 1],
      ['zebras', 1, 0, 2, 0],
      ['foals', 2, 0, 1, 0],
      ['bears', 1, 1, 0, 1],
    ]);
    expect(groups.rows[2]).toMatchObject({
      title: 'Animals with stripes',
      parent: 'group:default/division',
    });
    expect(rows(await read('by=group&owner=zebras'))).toEqual([
      ['zebras', 0, 0, 2, 0],
      ['foals', 1, 0, 1, 0],
    ]);
    expect(rows(await read('by=group&owner=division', 'bob'))).toEqual([
      ['division', 0, 1, 1, 1],
      ['zebras', 1, 0, 1, 0],
      ['bears', 1, 1, 0, 1],
    ]);
    expect(rows(await read('by=system'))).toEqual([
      ['cellar', 0, 1, 0, 0],
      ['shop', 0, 0, 1, 1],
      ['none', 0, 1, 1, 1],
    ]);
    expect(rows(await read('by=domain'))).toEqual([
      ['food', 0, 0, 1, 1],
      ['none', 0, 2, 1, 1],
    ]);
    expect(rows(await read('by=domain&domain=food'))).toEqual([
      ['food', 0, 0, 1, 1],
    ]);
  });

  it.each(['heatmap', 'breakdown'])('page the rows of a %s', async name => {
    const read = async (query: string) =>
      (
        await get<HeatmapReport | BreakdownReport>(
          `/reports/${name}?scorecard=ready&by=group${query}`,
        )
      ).body;
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(`&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.totalRows).toBe(5);
      seen.push(...page.rows.map(({ ref }) => ref));
      cursor = page.nextCursor;
    } while (cursor && seen.length < 9);
    const whole = await read('');
    expect(whole).not.toHaveProperty('nextCursor');
    expect(seen).toEqual(whole.rows.map(({ ref }) => ref));
    expect(whole.rows.map(({ depth }) => depth)).toEqual([0, 0, 1, 2, 1]);
    const { nextCursor } = await read('&limit=1');
    expect(
      await get(`/reports/${name}?by=system&cursor=${nextCursor}`),
    ).toMatchObject({
      status: 400,
      message: expect.stringContaining('cursor: '),
    });
  });

  it('do not take other levels for moves', async () => {
    await plugin.catalog.put(scorecard('ready', 'live', { id: 'wood' }));
    await eventually('all stand on the new levels', async () => {
      const revisions = await plugin
        .knex('standings')
        .join('scorecards', 'scorecards.id', 'standings.scorecard_id')
        .where('scorecards.ref', 'scorecard:default/ready')
        .whereRaw('scorecard_revision_id <> levels_revision_id');
      const [{ count }] = await plugin
        .knex('scorecard_revisions')
        .count({ count: '*' });
      return revisions.length === 0 && Number(count) === 3;
    });
    plugin.clock.advance({ seconds: 1 });
    const movers = async () =>
      (
        await get<MoversReport>(
          '/reports/movers?scorecard=ready&from=2031-01-10',
        )
      ).body;
    expect(await movers()).toMatchObject({ up: 0, down: 0, items: [] });
    await set({ tea: 3 }, [3]);
    expect(await movers()).toMatchObject({
      up: 1,
      down: 0,
      items: [{ fromLevel: 'bronze', toLevel: 'silver' }],
    });
  });
});
