import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import { createPermissionRule } from '@backstage/plugin-permission-node';
import { encodeCursor } from '@waymark/backend-support';
import {
  EntityScorecard,
  EntityScorecards,
  LevelsReport,
  RuleTransition,
  ScorecardResultRow,
  scorecardsScorecardReadPermission,
} from '@waymark/plugin-scorecards-common';
import { eventually } from '@waymark/backend-test-support';
import { z } from 'zod';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';
import { Decide, ownersAct } from '../__testUtils__/TestPolicy';
import { FULL_PASS_TASK } from '../evaluation/createEvaluation';

jest.setTimeout(180_000);

const DAY = 24 * 60 * 60 * 1000;

const group = (name: string, parent?: string) => ({
  kind: 'Group',
  metadata: { name, title: `Group ${name}` },
  spec: { type: 'team', children: [], ...(parent && { parent }) },
});
const user = (name: string, ...memberOf: string[]) => ({
  kind: 'User',
  metadata: { name },
  spec: { memberOf },
});
const component = (name: string, owner: string, more: object = {}) => ({
  kind: 'Component',
  metadata: { name, title: name.toUpperCase(), ...more },
  spec: {
    type: 'service',
    lifecycle: name === 'checkout' ? 'production' : 'experimental',
    owner,
    ...(owner === 'team-a' && { system: 'shop' }),
  },
});
const scorecard = (name: string, lifecycle: string, more: object = {}) => ({
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: { name, title: `The ${name}`, ...more },
  spec: {
    owner: 'group:default/team-a',
    lifecycle,
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }, { id: 'silver', title: 'Silber' }],
    rules: [
      {
        id: 'coverage',
        title: 'Tests cover the code',
        level: 'bronze',
        weight: 3,
        check: 'facts.coverage.percent >= 80',
        why: 'Untested code breaks.',
      },
      {
        id: 'fresh',
        title: 'Scanned lately',
        level: 'silver',
        check: 'facts.vulnerabilities.critical == 0',
        maxAge: { days: 2 },
      },
      {
        id: 'production',
        title: 'Described',
        level: 'silver',
        appliesTo: { 'spec.lifecycle': 'production' },
        check: 'size(entity.metadata.title) > 3',
      },
    ],
  },
});
const secret = { labels: { secret: 'true' } };
const isPublic = { annotations: { 'waymark.dev/public-badge': 'true' } };

/** A condition that only the catalog understands. */
const named = createPermissionRule({
  name: 'NAMED',
  description: 'By name',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({ names: z.array(z.string()) }),
  apply: (entity, { names }) => names.includes(entity.metadata.name),
  toQuery: ({ names }) => ({ key: 'metadata.name', values: names }),
});
const ownRule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'rule-of-the-test',
  register: env =>
    env.registerInit({
      deps: { registry: coreServices.permissionsRegistry },
      init: async ({ registry }) => registry.addPermissionRules([named]),
    }),
});

/** Who reads what; everybody else is an owner who reads everything. */
const decide: Decide = (request, asking) => {
  const { permission } = request;
  const name = asking?.info.userEntityRef.split('/')[1];
  if (isPermission(permission, scorecardsScorecardReadPermission)) {
    return {
      result: name === 'eve' ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
    };
  }
  if (!isPermission(permission, catalogEntityReadPermission)) {
    return ownersAct(request, asking);
  }
  switch (name) {
    case 'bob':
      return createCatalogConditionalDecision(permission, {
        not: catalogConditions.hasLabel({ label: 'secret' }),
      });
    case 'carol':
      return createCatalogConditionalDecision(permission, {
        anyOf: [
          catalogConditions.isEntityOwner({
            claims: asking?.info.ownershipEntityRefs ?? [],
          }),
          {
            allOf: [
              catalogConditions.isEntityKind({ kinds: ['scorecard', 'Group'] }),
              { not: catalogConditions.hasLabel({ label: 'secret' }) },
            ],
          },
        ],
      });
    case 'dora':
      return {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'NAMED',
          resourceType: 'catalog-entity',
          params: { names: ['checkout', 'readiness', 'team-a'] },
        },
      };
    case 'fay':
      return { result: AuthorizeResult.DENY };
    default:
      return { result: AuthorizeResult.ALLOW };
  }
};

describe.each(databases.eachSupportedId())('reading on %s', id => {
  let scorecards: Scorecards;
  /** Before and after checkout fell back and legacy was removed. */
  let before: string;
  let after: string;

  const get = async (path: string, by = 'ann') =>
    scorecards.call(path, { user: by });
  const entity = async (name: string, query = '', by = 'ann') =>
    get(`/entities/component/default/${name}${query}`, by);
  const readiness = ({ scorecards: all }: EntityScorecards) =>
    all.find(
      ({ scorecardRef }) => scorecardRef === 'scorecard:default/readiness',
    ) as EntityScorecard;
  const rule = (answer: { body: EntityScorecards }, ruleId: string) =>
    readiness(answer.body).rules.find(each => each.ruleId === ruleId);
  const push = async (name: string, facts: { [fact: string]: number }) => {
    const answer = await scorecards.call('/facts', {
      user: 'root',
      body: {
        facts: Object.entries(facts).map(([fact, value]) => ({
          entityRef: `component:default/${name}`,
          name: fact,
          value,
          observedAt: new Date(scorecards.clock.now()).toISOString(),
          source: 'https://ci.example/runs/7',
        })),
      },
    });
    expect(answer.body.items).toEqual(
      Object.keys(facts).map(() => ({ status: 'accepted' })),
    );
  };
  const until = async (name: string, ruleId: string, outcome: string) =>
    eventually(`${name} is ${outcome}`, async () => {
      const answer = await entity(name);
      return rule(answer, ruleId)?.outcome === outcome;
    });

  beforeAll(async () => {
    scorecards = await startScorecards({
      id,
      features: [ownRule],
      config: { scorecards: { badges: { public: true } } },
      entities: [
        group('division'),
        group('team-a', 'division'),
        group('team-b', 'division'),
        user('ann', 'team-a'),
        user('bob', 'team-b'),
        user('carol', 'team-b'),
        user('root', 'team-a', 'team-b'),
        {
          kind: 'Domain',
          metadata: { name: 'retail', title: 'Retail' },
          spec: { owner: 'team-a' },
        },
        {
          kind: 'System',
          metadata: { name: 'shop', title: 'Shop' },
          spec: { owner: 'team-a', domain: 'retail' },
        },
        component('checkout', 'team-a', { ...isPublic, tags: ['java'] }),
        component('legacy', 'team-a'),
        component('payments', 'team-b', secret),
        scorecard('readiness', 'live', isPublic),
        // As another one is called: lists still have one order
        scorecard('hidden', 'live', { ...secret, title: 'The readiness' }),
        scorecard('draft', 'draft'),
      ],
    });
    scorecards.policy.set(decide);
    await push('checkout', {
      'coverage.percent': 85,
      'vulnerabilities.critical': 0,
    });
    await push('payments', { 'coverage.percent': 60 });
    await push('legacy', { 'coverage.percent': 90 });
    await until('checkout', 'fresh', 'pass');
    await until('payments', 'coverage', 'fail');
    await until('legacy', 'coverage', 'pass');
    // Counts the day, before the clock leaves it
    await scorecards.run(FULL_PASS_TASK);
    before = new Date(scorecards.clock.now()).toISOString();

    scorecards.clock.advance({ days: 3 });
    await push('checkout', { 'coverage.percent': 71.5 });
    await until('checkout', 'coverage', 'fail');
    await until('checkout', 'fresh', 'noData');
    await scorecards.catalog.remove('component:default/legacy');
    after = new Date(scorecards.clock.now()).toISOString();
  });
  afterAll(() => scorecards?.stop());

  describe('one entity', () => {
    it('tells level, score, next steps and evidence in plain words', async () => {
      const answer = await entity('checkout');
      expect(answer.status).toBe(200);
      expect(answer.body.scorecards.map((s: any) => s.scorecardRef)).toEqual([
        'scorecard:default/draft',
        'scorecard:default/hidden',
        'scorecard:default/readiness',
      ]);
      expect(readiness(answer.body)).toMatchObject({
        title: 'The readiness',
        lifecycle: 'live',
        standing: { throughExemption: false, score: 20 },
        nextSteps: { level: 'bronze', ruleIds: ['coverage'] },
      });
      expect(readiness(answer.body).standing).not.toHaveProperty('level');
      expect(rule(answer, 'coverage')).toMatchObject({
        outcome: 'fail',
        level: 'bronze',
        weight: 3,
        counts: true,
        why: 'Untested code breaks.',
        evidence: {
          expression: 'facts.coverage.percent >= 80',
          inputs: [
            {
              path: 'facts.coverage.percent',
              value: 71.5,
              source: expect.stringContaining('https://ci.example/runs/7'),
            },
          ],
          message: 'The check does not hold: facts.coverage.percent is 71.5.',
        },
      });
      expect(rule(answer, 'fresh')?.evidence).toMatchObject({
        inputs: [{ value: 0, expired: true }],
        message:
          'vulnerabilities.critical is older than 2 days, which is as old as this rule accepts.',
      });
      expect(rule(answer, 'production')).toMatchObject({
        outcome: 'pass',
        evidence: { inputs: [{ path: 'entity.metadata.title' }] },
      });
    });

    it('says what is missing, and for whom a rule is', async () => {
      const answer = await entity('payments');
      expect(rule(answer, 'fresh')).toMatchObject({
        outcome: 'noData',
        evidence: {
          inputs: [{ path: 'facts.vulnerabilities.critical' }],
          message: 'Nobody has reported vulnerabilities.critical yet.',
        },
      });
      expect(rule(answer, 'production')).toMatchObject({
        outcome: 'notApplicable',
        evidence: {
          inputs: [{ path: 'entity.spec.lifecycle', value: 'experimental' }],
          message:
            'This rule is for entities with spec.lifecycle "production" only.',
        },
      });
    });

    it('tells how it stood, and by what that was decided', async () => {
      const answer = await entity('checkout', `?asOf=${before}`);
      expect(readiness(answer.body)).toMatchObject({
        standing: { level: 'silver', score: 100 },
      });
      expect(rule(answer, 'coverage')?.evidence.inputs).toMatchObject([
        { value: 85 },
      ]);
      expect(rule(answer, 'fresh')).toMatchObject({ outcome: 'pass' });
      expect(rule(answer, 'fresh')?.evidence.inputs[0]).not.toHaveProperty(
        'expired',
      );
      expect(await entity('checkout', '?asOf=tomorrow')).toMatchObject({
        status: 400,
        message: expect.stringContaining('asOf: has to be a date'),
      });
      expect(
        (await entity('checkout', '?asOf=2000-01-01')).body.scorecards,
      ).toEqual([]);
    });

    it('says of one that is new that it is yet to be judged', async () => {
      await scorecards.catalog.putUnseen(
        component('newcomer', 'team-a'),
        component('vault', 'team-b', secret),
      );
      expect((await entity('newcomer')).body).toEqual({
        entityRef: 'component:default/newcomer',
        asOf: expect.any(String),
        pending: true,
        scorecards: [],
      });
      // What one may not read does not exist
      for (const reader of ['bob', 'dora', 'fay']) {
        const { status } = await entity('vault', '', reader);
        expect([reader, status]).toEqual([reader, 404]);
      }
      await scorecards.catalog.remove(
        'component:default/newcomer',
        'component:default/vault',
      );
      expect(await entity('newcomer')).toMatchObject({ status: 404 });
    });

    it('tells it of one that has left since', async () => {
      expect(await entity('legacy')).toMatchObject({ status: 404 });
      const answer = await entity('legacy', `?asOf=${before}`);
      expect(answer.body).toMatchObject({
        deletedAt: expect.stringMatching(/Z$/),
      });
      expect(rule(answer, 'coverage')).toMatchObject({
        outcome: 'pass',
        evidence: { inputs: [{ value: 90 }] },
      });
      expect((await entity('legacy', `?asOf=${after}`)).body).toMatchObject({
        scorecards: [],
      });
    });

    it('tells the changes of one rule, page by page', async () => {
      const path =
        '/entities/component/default/checkout/scorecards/default/readiness/rules/coverage/transitions';
      const all: RuleTransition[] = [];
      let cursor = '';
      do {
        const { status, body } = await get(
          `${path}?limit=1${cursor && `&cursor=${cursor}`}`,
        );
        expect(status).toBe(200);
        expect(body.items).toHaveLength(1);
        all.push(...body.items);
        cursor = body.nextCursor ?? '';
      } while (cursor);
      // It may have been evaluated before the first fact was there
      expect(all.slice(0, 2)).toMatchObject([
        { outcome: 'fail', evidence: { inputs: [{ value: 71.5 }] } },
        { outcome: 'pass', evidence: { inputs: [{ value: 85 }] } },
      ]);
      expect(await get(`${path}?cursor=e30`)).toMatchObject({ status: 400 });
      expect(await get(path.replace('coverage', 'none'))).toMatchObject({
        status: 404,
      });
    });
  });

  describe('a scorecard', () => {
    const results = (query = '', by?: string) =>
      get(`/scorecards/default/readiness/results${query}`, by);
    const refs = (answer: { body: { items: ScorecardResultRow[] } }) =>
      answer.body.items.map(({ entityRef }) => entityRef.split('/')[1]);

    it('has a summary', async () => {
      const { body } = await get('/scorecards/default/readiness');
      expect(body).toMatchObject({
        scorecardRef: 'scorecard:default/readiness',
        owner: 'group:default/team-a',
        levels: [
          { id: 'bronze', title: 'Bronze' },
          { id: 'silver', title: 'Silber' },
        ],
        entities: [
          { entities: 2 },
          { level: 'bronze', entities: 0 },
          { level: 'silver', entities: 0 },
        ],
        meanScore: 10,
      });
      expect(body.rules[1]).toEqual({
        id: 'fresh',
        title: 'Scanned lately',
        level: 'silver',
        weight: 1,
        check: 'facts.vulnerabilities.critical == 0',
        maxAge: { days: 2 },
      });
      const then = await get(`/scorecards/default/readiness?asOf=${before}`);
      expect(then.body).toMatchObject({
        scorecardRef: 'scorecard:default/readiness',
        entities: [
          { entities: 1 },
          { level: 'bronze', entities: 1 },
          { level: 'silver', entities: 1 },
        ],
      });
      expect(
        await get('/scorecards/default/readiness?asOf=2000-01-01'),
      ).toMatchObject({ status: 404 });
      const page = await get('/scorecards?limit=2');
      expect(page.body).toMatchObject({ totalItems: 3 });
      expect(page.body.items).toHaveLength(2);
      const rest = await get(
        `/scorecards?limit=2&cursor=${page.body.nextCursor}`,
      );
      expect(rest.body.items).toMatchObject([
        { scorecardRef: 'scorecard:default/readiness' },
      ]);
      expect(rest.body).not.toHaveProperty('nextCursor');
    });

    it('is found by words and by its lifecycle', async () => {
      const names = async (query: string) =>
        (await get(`/scorecards?${query}`)).body.items.map(
          (item: any) => item.scorecardRef.split('/')[1],
        );
      expect(await names('search=The%20READ')).toEqual(['hidden', 'readiness']);
      expect(await names('search=hidd')).toEqual(['hidden']);
      expect(await names('lifecycle=draft')).toEqual(['draft']);
      expect(await names('lifecycle=draft&lifecycle=retired')).toEqual([
        'draft',
      ]);
      expect(await names('lifecycle=live&search=draft')).toEqual([]);
      const { body } = await get('/scorecards?rules=false&search=readiness');
      expect(body.totalItems).toBe(2);
      expect(body.items[0]).toMatchObject({ rules: [], ruleCount: 3 });
      for (const query of ['lifecycle=old', 'rules=no', 'search=%00']) {
        expect(await get(`/scorecards?${query}`)).toMatchObject({
          status: 400,
          message: expect.stringContaining(query.split('=')[0]),
        });
      }
    });

    it('lists entities by what is asked', async () => {
      expect((await results()).body).toMatchObject({
        totalItems: 2,
        items: [
          {
            entityRef: 'component:default/checkout',
            title: 'CHECKOUT',
            owner: 'group:default/team-a',
            ownerTitle: 'Group team-a',
            system: 'system:default/shop',
            systemTitle: 'Shop',
            standing: { score: 20 },
            outcomes: {
              coverage: 'fail',
              fresh: 'noData',
              production: 'pass',
            },
          },
          {
            entityRef: 'component:default/payments',
            outcomes: { production: 'notApplicable' },
          },
        ],
      });
      for (const [query, expected] of [
        ['?level=none', ['checkout', 'payments']],
        ['?level=silver', []],
        ['?outcome=pass', ['checkout']],
        ['?rule=production&outcome=notApplicable', ['payments']],
        ['?owner=division', ['checkout', 'payments']],
        ['?owner=team-b', ['payments']],
        ['?owner=none', []],
        ['?system=shop', ['checkout']],
        ['?system=none', ['payments']],
        ['?domain=retail', ['checkout']],
        ['?domain=none', ['payments']],
        ['?tag=Java', ['checkout']],
        ['?tag=java&search=pay', []],
        ['?search=%20eCKo%20', ['checkout']],
        ['?search=e', ['checkout', 'payments']],
        ['?search=%25', []],
        ['?search=_', []],
        ['?search=%5C', []],
        [`?asOf=${before}&domain=retail`, ['checkout', 'legacy']],
        [`?asOf=${before}&search=leg`, ['legacy']],
        ['?sort=-name', ['payments', 'checkout']],
        ['?sort=score', ['payments', 'checkout']],
        ['?sort=-score', ['checkout', 'payments']],
        [`?asOf=${before}`, ['checkout', 'legacy', 'payments']],
        [`?asOf=${before}&level=silver`, ['checkout']],
        [`?asOf=${before}&rule=coverage&outcome=pass`, ['checkout', 'legacy']],
        [`?asOf=${after}`, ['checkout', 'payments']],
      ] as const) {
        const answer = await results(query);
        expect([query, refs(answer)]).toEqual([query, expected]);
        expect(answer.body.totalItems).toBe(expected.length);
      }
    });

    it.each(['name', '-name', 'score', '-score', 'level', '-level'])(
      'gives every entity once over pages by %s',
      async sort => {
        const query = `?sort=${sort}&limit=1&asOf=${before}`;
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const answer = await results(
            `${query}${cursor ? `&cursor=${cursor}` : ''}`,
          );
          seen.push(...refs(answer));
          cursor = answer.body.nextCursor;
        } while (cursor && seen.length < 9);
        expect(seen).toEqual(
          refs(await results(query.replace('&limit=1', ''))),
        );
        expect(seen).toHaveLength(3);
      },
    );

    const madeUp = (sort: string, position: (string | number | null)[]) => {
      const list = JSON.stringify({ sort });
      const ref = 'scorecard:default/readiness';
      const cursor = encodeCursor(['results', ref, list], position);
      return `?sort=${sort}&cursor=${cursor}`;
    };

    it.each([
      ['?level=gold', 'level: there is no level gold'],
      ['?rule=coverage', 'outcome: is needed with a rule'],
      ['?rule=none&outcome=fail', 'rule: there is no rule none'],
      ['?sort=size', 'sort: '],
      ['?limit=0', 'limit: '],
      ['?colour=red', 'colour'],
      ['?cursor=e30', 'cursor: '],
      [madeUp('name', [null, 'component:default/a\0']), 'cursor: '],
      [madeUp('level', [1.5, 'component:default/a']), 'cursor: '],
      [madeUp('level', [1e300, 'component:default/a']), 'cursor: '],
      ['?owner=team%00a', 'owner: has to be the ref of a group, or none'],
      ['?domain=a%20b', 'domain: has to be the ref of a domain, or none'],
      ['?tag=a%00b', 'tag: must not have the character U+0000'],
      [`?search=${'x'.repeat(201)}`, 'search: '],
      ['?asOf=2999-01-01', 'asOf: has to be in the past'],
    ])('refuses %s', async (query, message) => {
      expect(await results(query)).toMatchObject({
        status: 400,
        message: expect.stringContaining(message),
      });
    });

    it('goes out as a file that a spreadsheet does not run', async () => {
      const { status, headers, text } = await get(
        `/scorecards/default/readiness/export.csv?asOf=${before}`,
      );
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="readiness-\d{4}-\d\d-\d\d\.csv"$/,
      );
      // fetch takes the byte order mark away
      const [header, ...lines] = text.trimEnd().split('\r\n');
      expect(header).toMatch(/^entity,title,owner,/);
      expect(lines).toHaveLength(9);
      expect(lines[0]).toContain(
        'component:default/checkout,CHECKOUT,group:default/team-a,system:default/shop,',
      );
      const some = await get(
        `/scorecards/default/readiness/export.csv?asOf=${before}&rule=coverage&outcome=pass&search=legacy`,
      );
      expect(some.text.trimEnd().split('\r\n')).toHaveLength(1 + 3);
      expect(some.text).toContain('component:default/legacy,LEGACY,');
      expect(lines[0]).toMatch(
        /,pass,[^,]+,facts\.coverage\.percent >= 80,,"facts\.coverage\.percent = 85 \(since [^,]+, https:\/\/ci\.example\/runs\/7[^"]*\)",/,
      );
    });
  });

  describe('reports', () => {
    const counts = (entries: { entities: number }[]) =>
      entries.map(({ entities }) => entities);

    it('count levels, now and then', async () => {
      const now = await get('/reports/levels?scorecard=readiness');
      expect(now.body.scorecards).toHaveLength(1);
      expect(counts(now.body.scorecards[0].entities)).toEqual([2, 0, 0]);
      expect(now.body.scorecards[0].meanScore).toBe(10);

      const then = await get(`/reports/levels?asOf=${before}`);
      // Drafts are in no report
      expect(then.body.scorecards).toHaveLength(2);
      const { entities, meanScore } = (
        then.body as LevelsReport
      ).scorecards.find(
        ({ scorecardRef }) => scorecardRef === 'scorecard:default/readiness',
      )!;
      expect(counts(entities)).toEqual([1, 1, 1]);
      expect(meanScore).toBeCloseTo((100 + 0 + 75) / 3, 1);
    });

    it('draw the same trend from roll-ups and from transitions', async () => {
      const day = (time: string) => time.slice(0, 10);
      const [today, past] = [day(after), day(before)];
      for (const by of ['ann', 'grace']) {
        const { body } = await get(
          `/reports/trend?scorecard=readiness&from=${day(
            new Date(Date.parse(before) - 5 * DAY).toISOString(),
          )}&to=${today}${by === 'grace' ? '&owner=division' : ''}`,
          by,
        );
        const { points } = body.scorecards[0];
        expect([by, points[0].day]).toEqual([by, past]);
        expect(points).toHaveLength(4);
        expect(points.map((point: any) => counts(point.entities))).toEqual([
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
          [2, 0, 0],
        ]);
        expect(points[3].meanScore).toBe(10);
      }
      // 400 days of three scorecards were more than one answer has
      const long = new Date(Date.parse(after) - 399 * DAY).toISOString();
      for (const query of [
        'scorecard=readiness&every=2',
        `scorecard=readiness&scorecard=hidden&scorecard=draft&from=${day(
          long,
        )}`,
      ]) {
        const { body } = await get(`/reports/trend?${query}`);
        for (const { points } of body.scorecards) {
          expect(points.map((point: any) => point.day)).toEqual([
            day(new Date(Date.parse(after) - 2 * DAY).toISOString()),
            today,
          ]);
        }
      }
      expect(
        await get('/reports/trend?from=2020-01-01&to=2026-01-01'),
      ).toMatchObject({ status: 400 });
    });

    it('count outcomes per rule', async () => {
      const { body } = await get('/reports/rules?scorecard=readiness');
      expect(body.rules).toMatchObject([
        { ruleId: 'coverage', outcomes: { fail: 2, pass: 0 } },
        { ruleId: 'fresh', outcomes: { noData: 2, error: 0 } },
        { ruleId: 'production', outcomes: { pass: 1, notApplicable: 1 } },
      ]);
      expect(body.rules[0]).not.toHaveProperty('blocking');
      // Nobody is on bronze, so that nothing keeps anybody from silver
      const blocking = await get(
        '/reports/rules?scorecard=readiness&blocking=true',
      );
      const none = { fail: 0, noData: 0, error: 0 };
      expect(blocking.body.rules).toMatchObject([
        { level: 'bronze', blocking: { ...none, fail: 2 } },
        { level: 'silver', blocking: none },
        { level: 'silver', blocking: none },
      ]);
      const owned = await get(
        '/reports/rules?scorecard=readiness&owner=team-b',
      );
      expect(owned.body.rules[0].outcomes).toMatchObject({ fail: 1 });
    });

    it('map groups with all below them, systems and domains', async () => {
      const map = async (by: string) =>
        (await get(`/reports/heatmap?by=${by}&scorecard=readiness`)).body;
      const groups = await map('group');
      expect(groups.rules).toHaveLength(3);
      expect(groups.rows).toMatchObject([
        {
          ref: 'group:default/division',
          title: 'Group division',
          entities: 2,
          meanScore: 10,
          cells: [
            { fail: 2, pass: 0, noData: 0, other: 0 },
            { noData: 2 },
            { pass: 1, other: 1 },
          ],
        },
        {
          ref: 'group:default/team-a',
          parent: 'group:default/division',
          entities: 1,
          meanScore: 20,
        },
        { ref: 'group:default/team-b', entities: 1, meanScore: 0 },
      ]);
      expect((await map('system')).rows).toMatchObject([
        { ref: 'system:default/shop', title: 'Shop', entities: 1 },
        { entities: 1 },
      ]);
      expect((await map('domain')).rows).toMatchObject([
        { ref: 'domain:default/retail', title: 'Retail', entities: 1 },
        { entities: 1 },
      ]);
    });
  });

  describe('a caller sees', () => {
    /** Whoever may read these components, and whether the hidden scorecard. */
    const callers: [
      name: string,
      components: string[],
      scorecards: string[],
    ][] = [
      ['ann', ['checkout', 'payments'], ['draft', 'hidden', 'readiness']],
      ['grace', ['checkout', 'payments'], ['hidden', 'readiness']],
      ['bob', ['checkout'], ['readiness']],
      ['carol', ['payments'], ['readiness']],
      ['dora', ['checkout'], ['readiness']],
      ['fay', [], []],
    ];

    it.each(callers)(
      'as %s only %p on %p, whatever is asked',
      async (name, components, cards) => {
        const mayReadReadiness = cards.includes('readiness');
        const n = components.length;
        const list = await get('/scorecards', name);
        expect(
          list.body.items.map((item: any) => item.scorecardRef.split('/')[1]),
        ).toEqual(cards);
        expect(list.body.totalItems).toBe(cards.length);

        for (const component_ of ['checkout', 'payments', 'nothing']) {
          const isSeen = components.includes(component_);
          const path = `/entities/component/default/${component_}`;
          for (const each of [
            path,
            `${path}?asOf=${before}`,
            `${path}/scorecards/default/readiness/rules/fresh/transitions`,
            `/badges/component/default/${component_}/readiness.svg`,
          ]) {
            const { status } = await get(each, name);
            expect([each, status]).toEqual([each, isSeen ? 200 : 404]);
          }
          const seen: EntityScorecard[] =
            (await get(path, name)).body.scorecards ?? [];
          expect(
            seen.map(({ scorecardRef }) => scorecardRef.split('/')[1]),
          ).toEqual(isSeen ? cards : []);
        }

        for (const card of ['readiness', 'hidden', 'draft', 'nothing']) {
          const isSeen = cards.includes(card);
          for (const each of ['', '/results', '/export.csv']) {
            const path = `/scorecards/default/${card}${each}`;
            const { status } = await get(path, name);
            expect([path, status]).toEqual([path, isSeen ? 200 : 404]);
          }
          const report = await get(`/reports/levels?scorecard=${card}`, name);
          expect(report.status).toBe(isSeen ? 200 : 404);
        }

        const sum = (entries: { entities: number }[]) =>
          entries.reduce((all, { entities }) => all + entities, 0);
        const levels = await get('/reports/levels', name);
        expect(
          levels.body.scorecards.map(({ entities }: any) => sum(entities)),
        ).toEqual(cards.filter(card => card !== 'draft').map(() => n));
        const heat = await get('/reports/heatmap?by=system', name);
        expect(sum(heat.body.rows)).toBe(n);
        const breakdown = await get('/reports/breakdown?by=system', name);
        const counted: number[] = breakdown.body.scorecards.map(
          (_: object, index: number) =>
            sum(
              breakdown.body.rows.flatMap(
                (row: any) => row.scorecards[index].entities,
              ),
            ),
        );
        expect(counted).toEqual(
          cards.filter(card => card !== 'draft').map(() => n),
        );
        const next = await get(
          '/reports/next-steps?owner=team-a&owner=team-b',
          name,
        );
        expect(next.body.totalItems).toBe(
          n * cards.filter(card => card !== 'draft').length,
        );
        const rules = await get('/reports/rules', name);
        for (const { outcomes } of rules.body.rules) {
          expect(
            Object.values<number>(outcomes).reduce((a, b) => a + b, 0),
          ).toBe(n);
        }
        const trend = await get('/reports/trend', name);
        for (const { points } of trend.body.scorecards) {
          expect(sum(points[points.length - 1]?.entities ?? [])).toBe(n);
        }
        if (!mayReadReadiness) {
          return;
        }
        const movers = await get(
          `/reports/movers?scorecard=readiness&from=${before.slice(0, 10)}`,
          name,
        );
        expect(movers.body.down).toBe(Number(components.includes('checkout')));
        const summary = await get('/scorecards/default/readiness', name);
        expect(sum(summary.body.entities)).toBe(n);
        const results = await get(
          '/scorecards/default/readiness/results',
          name,
        );
        expect(results.body.totalItems).toBe(n);
        expect(
          results.body.items.map((row: any) => row.entityRef.split('/')[1]),
        ).toEqual(components);
        const file = await get(
          '/scorecards/default/readiness/export.csv',
          name,
        );
        expect(file.text.trimEnd().split('\r\n')).toHaveLength(1 + 3 * n);
      },
    );

    it('no title of a group that may not be read', async () => {
      const { body } = await get(
        '/reports/heatmap?scorecard=readiness',
        'dora',
      );
      expect(body.rows).toEqual([
        expect.objectContaining({
          ref: 'group:default/team-a',
          title: 'Group team-a',
          entities: 1,
        }),
      ]);
      expect(body.rows[0]).not.toHaveProperty('parent');
    });

    it('what has been deleted by its last keys', async () => {
      const path = `/entities/component/default/legacy?asOf=${before}`;
      expect((await get(path, 'bob')).status).toBe(200);
      for (const name of ['carol', 'dora', 'fay']) {
        expect((await get(path, name)).status).toBe(404);
      }
    });

    it('nothing without the permission for scorecards, or without a name', async () => {
      for (const path of [
        '/scorecards',
        '/scorecards/default/readiness',
        '/scorecards/default/readiness/results',
        '/scorecards/default/readiness/export.csv',
        '/entities/component/default/checkout',
        '/reports/levels',
        '/reports/trend',
        '/reports/rules',
        '/reports/heatmap',
        '/reports/breakdown',
        '/reports/movers?scorecard=readiness',
        '/reports/next-steps?owner=team-a',
      ]) {
        expect([path, (await get(path, 'eve')).status]).toEqual([path, 403]);
        expect([path, (await scorecards.call(path)).status]).toEqual([
          path,
          401,
        ]);
      }
      expect(
        await get('/badges/component/default/checkout/readiness.svg', 'eve'),
      ).toMatchObject({ status: 403 });
    });
  });

  describe('a badge', () => {
    const badge = (name: string, card = 'readiness', headers = {}) =>
      scorecards.call(`/badges/component/default/${name}/${card}.svg`, {
        headers,
      });

    it('is for everybody when entity and scorecard say so', async () => {
      const { status, headers, text } = await badge('checkout');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('public, max-age=300');
      expect(text).toContain('<title>The readiness: no level</title>');
      const again = await badge('checkout', 'readiness', {
        'if-none-match': headers.get('etag'),
        // Else fetch asks for a fresh one
        'cache-control': 'max-age=0',
      });
      expect(again).toMatchObject({ status: 304, text: '' });
    });

    it('does not tell what is not there from what may not be seen', async () => {
      const hidden = await badge('payments');
      const missing = await badge('nothing');
      expect(hidden.status).toBe(404);
      expect(hidden.message).toBe(missing.message);
      expect(await badge('checkout', 'hidden')).toMatchObject({ status: 404 });
      expect(await badge('checkout', 'draft')).toMatchObject({ status: 404 });
      expect(await badge('checkout', '..%2Fx')).toMatchObject({ status: 400 });
    });
  });
});
