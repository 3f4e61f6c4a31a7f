import { createServiceFactory } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { encodeCursor } from '@waymark/backend-support';
import { eventually } from '@waymark/backend-test-support';
import { Exemption } from '@waymark/plugin-scorecards-common';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';
import { ownersAct } from '../__testUtils__/TestPolicy';

jest.setTimeout(120_000);

const NOON = Date.parse('2026-11-20T12:00:00Z');
const DAY = 86_400_000;
const iso = (time: number) => new Date(time).toISOString();

const entities = [
  ...['nia', 'sam', 'kim'].map(name => ({
    kind: 'User',
    metadata: { name },
    spec: { memberOf: name === 'kim' ? [] : ['owls'] },
  })),
  {
    kind: 'Group',
    metadata: { name: 'owls' },
    spec: { type: 'team', parent: 'birds', children: [] },
  },
  {
    kind: 'Group',
    metadata: { name: 'birds' },
    spec: { type: 'department', children: [] },
  },
  {
    kind: 'Domain',
    metadata: { name: 'night' },
    spec: { owner: 'owls' },
  },
  {
    kind: 'System',
    metadata: { name: 'forest' },
    spec: { owner: 'owls', domain: 'night' },
  },
  ...['checkout', 'billing'].map(name => ({
    kind: 'Component',
    metadata: { name, ...(name === 'billing' && { title: 'Billing' }) },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'owls',
      ...(name === 'billing' && { system: 'forest' }),
    },
  })),
  {
    apiVersion: 'waymark.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name: 'docs', title: 'Documentation' },
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
        {
          id: 'readme',
          title: 'Has a README',
          check: 'true',
        },
      ],
    },
  },
];

describe.each(databases.eachSupportedId())('exemptions on %s', id => {
  let plugin: Scorecards;
  const sent: NotificationSendOptions[] = [];
  let isBackendDown = false;

  beforeAll(async () => {
    plugin = await startScorecards({
      id,
      at: NOON,
      entities,
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async message => {
              if (isBackendDown) {
                throw new Error('Request failed with status 503');
              }
              sent.push(message);
            },
          }),
        }),
      ],
    });
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    sent.length = 0;
    await plugin.knex('exemptions').delete();
    plugin.clock.set(NOON);
  });

  const wish = (change: object = {}) => ({
    entityRef: 'Component:default/Checkout',
    scorecardRef: 'docs',
    ruleId: 'runbook',
    reason: 'The runbook moves house',
    expiresAt: iso(NOON + 30 * DAY),
    ...change,
  });
  const ask = (user: string, change: object = {}) =>
    plugin.call('/exemptions', { user, body: wish(change) });
  const decide = (
    user: string,
    exemption: string,
    action: string,
    note?: string,
  ) =>
    plugin.call(`/exemptions/${exemption}/${action}`, { user, body: { note } });
  const outcome = async (
    ref = 'component:default/checkout',
    rule = 'runbook',
  ) => {
    const { body } = await plugin.call(`/entities/${ref.replace(':', '/')}`, {
      user: 'nia',
    });
    return body.scorecards[0]?.rules.find(
      (one: { ruleId: string }) => one.ruleId === rule,
    );
  };
  const becomes = (wanted: string) =>
    eventually(
      `the outcome is ${wanted}`,
      async () => (await outcome())?.outcome === wanted,
      { seconds: 20 },
    );

  it('excuse a rule from approval to expiry, and say who and why', async () => {
    await becomes('noData');
    const { status, body: requested } = await ask('nia');
    expect(status).toBe(201);
    expect(requested).toEqual({
      id: expect.any(String),
      entityRef: 'component:default/checkout',
      scorecardRef: 'scorecard:default/docs',
      scorecardTitle: 'Documentation',
      ruleId: 'runbook',
      ruleTitle: 'Has a runbook',
      state: 'requested',
      reason: 'The runbook moves house',
      requestedBy: 'user:default/nia',
      requestedAt: expect.stringMatching(/^2026-11-20T12:0/),
      expiresAt: iso(NOON + 30 * DAY),
    });
    expect(await outcome()).toMatchObject({ outcome: 'noData' });

    const approved = await decide(
      'sam',
      requested.id,
      'approve',
      'For a month',
    );
    expect(approved.body).toMatchObject({
      state: 'approved',
      decidedBy: 'user:default/sam',
      decisionNote: 'For a month',
    });
    await becomes('exempt');
    expect(
      (await plugin.call('/exemptions', { user: 'nia' })).body.items,
    ).toEqual([
      expect.objectContaining({
        outcome: 'exempt',
        withoutExemption: 'noData',
      }),
    ]);
    const badge = await plugin.call(
      '/badges/component/default/checkout/docs.svg',
      { user: 'nia' },
    );
    expect(badge.text).toContain(
      '<title>Documentation: Bronze (exemption)</title>',
    );
    expect(await outcome()).toMatchObject({
      exemption: { id: requested.id, requestedBy: 'user:default/nia' },
      evidence: { withoutExemption: 'noData' },
    });

    await plugin.run('scorecards-exemptions');
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Your exemption of checkout was approved',
    ]);
    sent.length = 0;

    plugin.clock.set(NOON + 24 * DAY);
    await plugin.run('scorecards-exemptions');
    await plugin.run('scorecards-exemptions');
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['user:default/nia', 'group:default/owls'],
        },
        payload: expect.objectContaining({
          title: 'The exemption of checkout ends on 2026-12-20',
          link: '/scorecards/default/docs/exemptions',
          scope: expect.any(String),
        }),
      },
    ]);
    sent.length = 0;

    // Over by the time, before anybody marks it
    plugin.clock.set(NOON + 31 * DAY);
    await becomes('noData');
    const { body: page } = await plugin.call('/exemptions?state=expired', {
      user: 'nia',
    });
    expect(page).toMatchObject({
      items: [{ id: requested.id, state: 'expired' }],
      totalItems: 1,
    });
    expect(await plugin.knex('exemptions').pluck('state')).toEqual([
      'approved',
    ]);
    await plugin.run('scorecards-exemptions');
    await plugin.run('scorecards-exemptions');
    expect(await plugin.knex('exemptions').pluck('state')).toEqual(['expired']);
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'The exemption of checkout has ended',
    ]);
  });

  it('begin when they say', async () => {
    const { body } = await ask('nia', { startsAt: iso(NOON + DAY) });
    await decide('sam', body.id, 'approve');
    await eventually('it is due when the exemption starts', async () => {
      const [due] = await plugin
        .knex('subjects')
        .where({ ref: 'component:default/checkout' })
        .pluck('due_at');
      return Number(due) === NOON + DAY;
    });
    expect(await outcome()).toMatchObject({ outcome: 'noData' });
    plugin.clock.set(NOON + DAY + 1000);
    await becomes('exempt');
    await decide('sam', body.id, 'revoke', 'It has one now');
    await becomes('noData');
  });

  it('are approved by somebody else, whatever the spelling', async () => {
    const { body } = await ask('nia');
    for (const requester of ['user:default/nia', 'User:default/Nia']) {
      await plugin.knex('exemptions').update({ requested_by: requester });
      expect(await decide('nia', body.id, 'approve')).toMatchObject({
        status: 403,
        message: 'Somebody else has to approve what you asked for',
      });
    }
    const token = await plugin.pipelineToken({
      user: 'nia',
      source: 'https://ci.example.com/checkout',
      entityRefs: ['component:default/checkout'],
    });
    expect(
      await plugin.call(`/exemptions/${body.id}/approve`, { token, body: {} }),
    ).toMatchObject({ status: 403 });
    expect(
      await plugin.call(`/exemptions/${body.id}/approve`, { body: {} }),
    ).toMatchObject({ status: 401 });
    // Owned by others
    expect(await decide('kim', body.id, 'approve')).toMatchObject({
      status: 403,
      message: expect.stringContaining('scorecards.exemption.decide'),
    });
    expect(await ask('kim', { ruleId: 'readme' })).toMatchObject({
      status: 403,
      message: expect.stringContaining('scorecards.exemption.request'),
    });
    // Taking it back is for the one who asked, too
    expect(await decide('nia', body.id, 'revoke', 'Found it')).toMatchObject({
      status: 200,
      body: { state: 'revoked', revocationNote: 'Found it' },
    });
  });

  it('are decided once', async () => {
    const { body } = await ask('nia');
    const answers = await Promise.all(
      ['approve', 'deny', 'approve', 'deny'].map(action =>
        decide('sam', body.id, action, 'Decided'),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 409, 409, 409,
    ]);
    const { body: page } = await plugin.call('/exemptions', { user: 'sam' });
    const decided = page.items[0].state;
    expect(['approved', 'denied']).toContain(decided);
    expect(await decide('sam', body.id, 'approve')).toMatchObject({
      status: 409,
      message: `Exemption ${body.id} is ${decided}`,
    });
  });

  it('are asked for once, also by two at a time', async () => {
    const answers = await Promise.all([ask('nia'), ask('sam'), ask('nia')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { body } = answers.find(({ status }) => status === 201)!;
    const other = body.requestedBy === 'user:default/nia' ? 'sam' : 'nia';
    await decide(other, body.id, 'approve');
    expect(await ask('nia')).toMatchObject({
      status: 409,
      message: expect.stringContaining('revoke it first'),
    });
    expect(await ask('nia', { ruleId: 'readme' })).toMatchObject({
      status: 201,
    });
    expect(
      await ask('nia', { entityRef: 'component:default/billing' }),
    ).toMatchObject({ status: 201 });
  });

  it('lapse when nobody decides in time', async () => {
    const { body } = await ask('nia', { expiresAt: iso(NOON + DAY) });
    plugin.clock.set(NOON + 2 * DAY);
    expect(await decide('sam', body.id, 'approve')).toMatchObject({
      status: 409,
      message: `Exemption ${body.id} is over`,
    });
    expect(await ask('nia', { expiresAt: iso(NOON + 3 * DAY) })).toMatchObject({
      status: 201,
    });
    await plugin.run('scorecards-exemptions');
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Nobody decided on the exemption of checkout',
    ]);
  });

  it('are told of later, when nobody can be told now', async () => {
    const { body } = await ask('nia');
    await decide('sam', body.id, 'deny', 'Write it down instead');
    isBackendDown = true;
    await plugin.run('scorecards-exemptions');
    isBackendDown = false;
    // It is left alone for a while
    await plugin.run('scorecards-exemptions');
    expect(sent).toEqual([]);
    plugin.clock.advance({ minutes: 1 });
    await plugin.run('scorecards-exemptions');
    expect(sent.map(({ payload }) => payload.description)).toEqual([
      expect.stringContaining('Write it down instead'),
    ]);
  });

  it.each([
    [
      'a time that has been',
      { expiresAt: iso(NOON - DAY) },
      400,
      'expiresAt: has to lie ahead',
    ],
    [
      'more than a year',
      { expiresAt: iso(NOON + 366 * DAY) },
      400,
      'no exemption lasts longer than 365 days',
    ],
    [
      'no zone',
      { expiresAt: '2026-12-01T00:00:00' },
      400,
      'expiresAt: has to be a time with a zone',
    ],
    [
      'a start after the end',
      { startsAt: iso(NOON + 40 * DAY) },
      400,
      'startsAt: has to be before',
    ],
    ['no reason', { reason: '  ' }, 400, 'reason: '],
    ['a long reason', { reason: 'x'.repeat(2001) }, 400, 'reason: '],
    [
      'an unknown rule',
      { ruleId: 'nothing' },
      400,
      'ruleId: there is no live rule',
    ],
    [
      'an unknown scorecard',
      { scorecardRef: 'nothing' },
      404,
      'There is no scorecard',
    ],
    [
      'an unknown entity',
      { entityRef: 'component:default/nothing' },
      404,
      'There is no entity',
    ],
    [
      'an entity outside',
      { entityRef: 'scorecard:default/docs' },
      400,
      'says anything about',
    ],
    ['more fields', { state: 'approved' }, 400, 'state'],
  ])('are refused for %s', async (_, change, status, message) => {
    expect(await ask('nia', change)).toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
  });

  it('are listed for those who may see the entity, page by page', async () => {
    await ask('nia');
    await ask('sam', { ruleId: 'readme' });
    await ask('nia', {
      entityRef: 'component:default/billing',
      expiresAt: iso(NOON + 10 * DAY),
    });
    const list = (query: string, user = 'kim') =>
      plugin.call(`/exemptions?${query}`, { user });

    const first = await list('limit=2');
    expect(first.body).toMatchObject({
      totalItems: 3,
      items: [{ outcome: 'noData' }, { outcome: 'pass' }],
    });
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.nextCursor).toBeUndefined();
    const refs = [...first.body.items, ...second.body.items].map(
      item => `${item.entityRef} ${item.ruleId}`,
    );
    expect(refs).toEqual([
      'component:default/billing runbook',
      'component:default/checkout readme',
      'component:default/checkout runbook',
    ]);
    for (const [query, count] of [
      ['state=requested&state=approved', 3],
      ['state=approved', 0],
      ['entity=component:default/billing', 1],
      ['scorecard=docs', 3],
      ['requestedBy=sam', 1],
      ['owner=owls', 3],
      ['owner=birds', 3],
      ['owner=group:default/others', 0],
      ['owner=none', 0],
      ['domain=night', 1],
      ['domain=none', 2],
      ['rule=readme', 1],
      ['expiresBefore=2026-12-01', 1],
      ['expiresBefore=2026-11-30', 0],
      [`expiresBefore=${iso(NOON + 31 * DAY)}`, 3],
    ] as const) {
      const { body } = await list(query);
      expect([query, body.items.length]).toEqual([query, count]);
      expect(body.totalItems).toBe(count);
    }
    const byEnd: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await list(
        `sort=expiresAt&limit=1${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(body.totalItems).toBe(3);
      byEnd.push(
        ...body.items.map(
          ({ entityTitle, entityRef, ruleTitle }: Exemption) =>
            `${entityTitle ?? entityRef}: ${ruleTitle}`,
        ),
      );
      cursor = body.nextCursor;
    } while (cursor && byEnd.length < 5);
    expect(byEnd).toEqual([
      'Billing: Has a runbook',
      'component:default/checkout: Has a runbook',
      'component:default/checkout: Has a README',
    ]);
    for (const query of [
      'state=maybe',
      'limit=0',
      'limit=101',
      'cursor=nonsense',
      `limit=2&state=requested&cursor=${first.body.nextCursor}`,
      'more=1',
      'owner=ow%00ls',
      'expiresBefore=soon',
      'sort=reason',
      `sort=expiresAt&cursor=${first.body.nextCursor}`,
      `cursor=${encodeCursor(['exemptions', {}], 2 ** 40)}`,
    ]) {
      expect(await list(query)).toMatchObject({ status: 400 });
    }

    plugin.policy.set((request, user) =>
      request.permission.name === 'catalog.entity.read' &&
      user?.info.userEntityRef === 'user:default/zoe'
        ? { result: AuthorizeResult.DENY }
        : ownersAct(request, user),
    );
    try {
      expect((await list('', 'zoe')).body).toEqual({
        items: [],
        totalItems: 0,
      });
      expect(
        await decide('zoe', first.body.items[0].id, 'approve'),
      ).toMatchObject({
        status: 404,
        message: `There is no exemption ${first.body.items[0].id}`,
      });
    } finally {
      plugin.policy.reset();
    }
  });
});
