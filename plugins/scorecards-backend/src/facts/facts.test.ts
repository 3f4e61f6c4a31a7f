import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';
import { ownersAct } from '../__testUtils__/TestPolicy';

jest.setTimeout(120_000);

const LEDGER = 'component:default/ledger';
const SOURCE = 'https://ci.example/ledger';

const component = (name: string, owner: string) => ({
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'production', owner },
});

describe.each(databases.eachSupportedId())('facts over HTTP on %s', id => {
  let scorecards: Scorecards;
  beforeAll(async () => {
    scorecards = await startScorecards({
      id,
      entities: [
        component('ledger', 'user:default/maren'),
        component('billing', 'user:default/maren'),
        component('search', 'user:default/erik'),
      ],
    });
  });
  afterAll(() => scorecards?.stop());
  beforeEach(async () => {
    scorecards.policy.reset();
    await scorecards.knex('facts').delete();
  });

  const fact = (more: object = {}) => ({
    entityRef: LEDGER,
    name: 'coverage.percent',
    value: 81.5,
    observedAt: new Date().toISOString(),
    ...more,
  });
  const push = (
    caller: { user?: string; token?: string },
    ...facts: object[]
  ) => scorecards.call('/facts', { ...caller, body: { facts } });
  const messages = (answer: { body: any }) =>
    answer.body.items.map((item: any) => item.error?.message ?? item.status);
  const read = (name = 'ledger', user = 'joel') =>
    scorecards.call(`/facts/component/default/${name}`, { user });

  it('takes what owners say, and says that they said it', async () => {
    const answer = await push(
      { user: 'maren' },
      fact({ entityRef: 'Component:Ledger' }),
      fact({ name: 'a', source: SOURCE }),
      fact({ name: 'b', source: 'user:default/maren' }),
    );
    expect(answer).toMatchObject({ status: 200 });
    expect(messages(answer)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await read()).body.items).toEqual([
      expect.objectContaining({
        name: 'a',
        source: `${SOURCE} (by user:default/maren)`,
      }),
      expect.objectContaining({ name: 'b', source: 'user:default/maren' }),
      {
        name: 'coverage.percent',
        value: 81.5,
        observedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        source: 'user:default/maren',
      },
    ]);
    expect(
      messages(
        await push(
          { user: 'maren' },
          fact({ observedAt: '2026-11-01T00:00:00+01:00', value: 1 }),
        ),
      ),
    ).toEqual(['superseded']);
  });

  it('takes what pipelines say about their entities, as themselves', async () => {
    const token = await scorecards.pipelineToken({
      user: 'maren',
      source: SOURCE,
      entityRefs: [LEDGER],
    });
    expect(
      messages(
        await push(
          { token },
          fact(),
          fact({ name: 'run', source: `${SOURCE}/runs/7` }),
          fact({ source: 'https://ci.example/other' }),
          fact({ entityRef: 'component:default/billing' }),
          fact({ entityRef: 'component:default/not-there' }),
        ),
      ),
    ).toEqual([
      'accepted',
      'accepted',
      expect.stringMatching(
        /^source: .* may not speak as https:\/\/ci.example\/other$/,
      ),
      expect.stringContaining('may not speak for component:default/billing'),
      expect.stringContaining('may not speak for component:default/not-there'),
    ]);
    expect((await read()).body.items).toMatchObject([
      { name: 'coverage.percent', source: SOURCE },
      { name: 'run', source: `${SOURCE}/runs/7` },
    ]);
    expect(
      await scorecards.call('/facts/component/default/ledger', { token }),
    ).toMatchObject({ status: 403 });
  });

  it('tells people who may not report no more than they may see', async () => {
    const nobody = await scorecards.call('/facts', { body: { facts: [] } });
    expect(nobody.status).toBe(401);
    scorecards.policy.set((request, user) =>
      user?.info.userEntityRef === 'user:default/erik' &&
      isResourcePermission(request.permission, 'catalog-entity') &&
      request.permission.attributes.action === 'read'
        ? createCatalogConditionalDecision(request.permission, {
            not: catalogConditions.hasMetadata({
              key: 'name',
              value: 'billing',
            }),
          })
        : ownersAct(request, user),
    );
    expect(
      messages(
        await push(
          { user: 'erik' },
          fact(),
          fact({ entityRef: 'component:default/billing' }),
          fact({ entityRef: 'component:default/not-there' }),
          fact({ entityRef: 'component:default/search' }),
        ),
      ),
    ).toEqual([
      'entityRef: you lack the permission scorecards.fact.push for component:default/ledger',
      'entityRef: there is no entity component:default/billing',
      'entityRef: there is no entity component:default/not-there',
      'accepted',
    ]);
    for (const name of ['billing', 'not-there']) {
      expect(await read(name, 'erik')).toMatchObject({
        status: 404,
        message: `There is no entity component:default/${name}`,
      });
    }
    scorecards.policy.set((request, user) =>
      request.permission.name.startsWith('scorecards.')
        ? { result: AuthorizeResult.DENY }
        : ownersAct(request, user),
    );
    expect(messages(await push({ user: 'anna' }, fact()))).toEqual([
      expect.stringContaining('you lack the permission'),
    ]);
    expect(await read('ledger', 'anna')).toMatchObject({ status: 403 });
  });

  it('names what is wrong with each fact, and takes the others', async () => {
    const bad: [unknown, string][] = [
      [7, 'expected object'],
      [{}, 'entityRef:'],
      [fact({ entityRef: 'ledger' }), 'entityRef:'],
      [fact({ entityRef: 'component:default/le\0dger' }), 'entityRef:'],
      [fact({ name: undefined }), 'name:'],
      [fact({ name: 'a b' }), 'name:'],
      [fact({ name: '__proto__.x' }), 'name:'],
      [fact({ value: undefined }), 'value:'],
      [fact({ value: 'x'.repeat(1_000_000) }), 'value:'],
      [
        fact({ value: [JSON.parse('{"__proto__": {"admin": true}}')] }),
        'value:',
      ],
      [fact({ observedAt: undefined }), 'observedAt: is missing'],
      [fact({ observedAt: 'yesterday' }), 'observedAt:'],
      [fact({ observedAt: '2026-11-01T00:00:00' }), 'observedAt:'],
      [fact({ observedAt: '1970-01-01T00:00:00Z' }), 'observedAt:'],
      [fact({ observedAt: '9999-01-01T00:00:00Z' }), 'observedAt:'],
      [fact({ source: '' }), 'source:'],
      [fact({ source: 'a\nb' }), 'source:'],
      [fact({ severity: 1 }), 'severity'],
    ];
    const answer = await push(
      { user: 'maren' },
      ...bad.map(([item]) => item as object),
      fact(),
    );
    expect(messages(answer)).toEqual([
      ...bad.map(([, message]) => expect.stringContaining(message)),
      'accepted',
    ]);
    expect(answer.body.items[2].error.name).toBe('InputError');
    const [long] = messages(
      await push({ user: 'maren' }, fact({ ['x'.repeat(100_000)]: 1 })),
    );
    expect(long.length).toBeLessThan(600);
    // JSON has no infinity, but numbers that become it
    const infinite = JSON.stringify({ facts: [fact({ value: 'INF' })] });
    expect(
      messages(
        await scorecards.call('/facts', {
          user: 'maren',
          body: infinite.replace('"INF"', '1e999'),
        }),
      ),
    ).toEqual(['value: numbers have to be finite']);
  });

  it.each([
    ['no JSON', '{"facts": [NaN]}', 400],
    ['no list', '{"facts": {}}', 400],
    ['something more', '{"facts": [], "more": 1}', 400],
    [
      '10,000 facts',
      JSON.stringify({ facts: new Array(10_000).fill({}) }),
      413,
    ],
    ['6 MB', JSON.stringify({ facts: ['x'.repeat(6_000_000)] }), 413],
    ['deep brackets', `{"facts": ${'['.repeat(100_000)}`, 400],
  ])('refuses %s', async (_, body, status) => {
    expect(
      await scorecards.call('/facts', { user: 'maren', body }),
    ).toMatchObject({ status });
  });

  it('takes facts about an entity that it has not seen yet', async () => {
    await scorecards.knex('subjects').where({ ref: LEDGER }).delete();
    expect(messages(await push({ user: 'maren' }, fact()))).toEqual([
      'accepted',
    ]);
    expect((await read()).body.items).toHaveLength(1);
  });

  it('marks what a collector could not confirm as stale', async () => {
    await push({ user: 'maren' }, fact(), fact({ name: 'pushed' }));
    const [{ subject_id }] = await scorecards.knex('facts').limit(1);
    const named = scorecards
      .knex('fact_names')
      .where({ name: 'coverage.percent' });
    await scorecards
      .knex('facts')
      .whereIn('fact_id', named.select('id'))
      .update({ collector_id: 'files' });
    await scorecards.knex('collections').insert({
      subject_id,
      collector_id: 'files',
      due_at: 0,
      error: 'The host does not answer',
    });
    expect((await read()).body.items).toEqual([
      expect.objectContaining({
        name: 'coverage.percent',
        stale: true,
        staleReason: 'The host does not answer',
      }),
      expect.not.objectContaining({ stale: true }),
    ]);
  });

  it('takes what hundreds push at once, each as if alone', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        push(
          { user: 'maren' },
          fact({ name: `n${index % 100}`, value: index }),
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      new Array(200).fill(200),
    );
    expect((await read()).body.items).toHaveLength(100);
  });
});
