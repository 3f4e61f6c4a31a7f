import { mockServices } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { Weeks } from '../calendar/Weeks';
import { writePathWeek } from '../pathWeeks/writePathWeek';
import { readDeliveryFacts } from '../facts/readDeliveryFacts';
import { inTransaction } from '@waymark/backend-support';
import { DeviationNotifier } from './DeviationNotifier';
import { expireDeviations } from './expireDeviations';
import { reconsider } from './reconsider';
import { syncDeviations } from './syncDeviations';

const T = Date.parse('2026-08-05T10:00:00Z');
const WEEK = 7 * 86_400_000;
const entity = { id: 1, ref: 'component:default/orders' };
const TEMPLATE = 'template:default/node-api';

describe.each(databases.eachSupportedId())('deviations on %s', id => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await initDatabase(id);
    for (const [entityId, name] of [
      [1, 'orders'],
      [2, 'library'],
    ] as const) {
      await knex('entities').insert({
        id: entityId,
        ref: `component:default/${name}`,
        kind: 'component',
        type: name === 'library' ? 'library' : 'service',
        etag: '1',
        first_seen_at: T,
      });
      await knex('entity_search').insert([
        { entity_id: entityId, key: 'kind', value: 'component' },
        {
          entity_id: entityId,
          key: 'spec.type',
          value: name === 'library' ? 'library' : 'service',
        },
      ]);
    }
    await knex('provenance').insert({
      entity_id: 1,
      repository_url: 'https://git.example/orders/',
      template_ref: TEMPLATE,
      version: 'one',
      verified: true,
      conformant: false,
      problems: '[]',
      checked_at: T,
    });
    await knex('template_versions').insert({
      template_ref: TEMPLATE,
      version: 'two',
      layers: '[]',
      policies: '[]',
      changed_at: T,
      checked_at: T,
    });
  });

  const find = (
    found: Parameters<typeof syncDeviations>[1]['found'],
    now = T,
  ) =>
    inTransaction(knex, tx =>
      syncDeviations(tx, { entity, templateRef: TEMPLATE, found, now }),
    );
  const decide = async (
    path: string,
    decision: { decision: string; reason: string; expires_at?: number },
    now = T,
  ) => {
    const { id: deviationId } = await knex('deviations')
      .where({ path })
      .first('id');
    await knex('deviation_decisions').insert({
      deviation_id: deviationId,
      entity_ref: entity.ref,
      path,
      decided_by: 'user:default/adaeze',
      decided_at: now,
      ...decision,
    });
    await inTransaction(knex, tx => reconsider(tx, { entityId: 1, now }));
  };
  const states = async () =>
    Object.fromEntries(
      (await knex('deviations').orderBy('path').select('path', 'state')).map(
        ({ path, state }) => [path, state],
      ),
    );
  const conformant = async () =>
    Boolean((await knex('provenance').first('conformant')).conformant);
  const write = (now: number) =>
    writePathWeek({
      knex,
      now,
      services: { kind: 'Component', 'spec.type': 'service' },
      weeks: Weeks.of('UTC'),
    });
  const weeks = async () =>
    (await knex('path_weeks').orderBy(['week', 'entity_id'])).map(
      ({ week, entity_id, behind, verified, conformant: fits, deviation }) => [
        week,
        entity_id,
        Boolean(behind),
        Boolean(verified),
        Boolean(fits),
        deviation,
      ],
    );

  it('are let be for a time, and count again when it is over', async () => {
    const changed = {
      path: 'ci/test',
      kind: 'changed' as const,
      reason: 'Runner',
    };
    await find([{ ...changed, reason: undefined }]);
    expect(await states()).toEqual({ 'ci/test': 'unjustified' });
    await find([changed]);
    expect(await states()).toEqual({ 'ci/test': 'requested' });

    await decide('ci/test', {
      decision: 'approve',
      reason: 'Runner',
      expires_at: T + WEEK,
    });
    expect([await states(), await conformant()]).toEqual([
      { 'ci/test': 'approved' },
      true,
    ]);
    expect(await expireDeviations({ knex, now: T + WEEK - 1 })).toEqual([]);
    expect(await expireDeviations({ knex, now: T + WEEK })).toEqual([1]);
    expect([await states(), await conformant()]).toEqual([
      { 'ci/test': 'expired' },
      false,
    ]);

    // It came and went: what was decided is known still
    expect((await find([], T + WEEK)).ended).toEqual(['ci/test']);
    expect(await states()).toEqual({});
    await find([changed], T);
    expect(await states()).toEqual({ 'ci/test': 'approved' });
    // Another reason is another matter
    await find([{ ...changed, reason: 'Another' }], T);
    expect(await states()).toEqual({ 'ci/test': 'requested' });
  });

  it('of one that is only announced stand in nobody’s way', async () => {
    await find([{ path: 'ci/', kind: 'declared', reason: 'Soon' }]);
    await inTransaction(knex, tx => reconsider(tx, { entityId: 1, now: T }));
    expect([await states(), await conformant()]).toEqual([
      { 'ci/': 'requested' },
      true,
    ]);
  });

  it('are news for those who decide, and their decisions for the owner', async () => {
    await knex('entities').where({ id: 1 }).update({
      owner_ref: 'group:default/ticketing',
      title: 'Orders',
    });
    await knex('template_versions').update({
      parts: JSON.stringify([{ name: 'docs', title: 'Documentation' }]),
    });
    let now = T;
    let refusal: string | undefined;
    const sent: NotificationSendOptions[] = [];
    const notifier = new DeviationNotifier({
      clock: () => now,
      group: 'group:default/platform',
      knex,
      logger: mockServices.logger.mock(),
      notifications: {
        async send(message) {
          if (refusal) {
            throw new Error(refusal);
          }
          sent.push(message);
        },
      },
    });
    const told = async () => {
      await notifier.run();
      return sent
        .splice(0)
        .map(({ recipients, payload }) => [
          recipients.type === 'entity' && recipients.entityRef,
          payload.title,
          payload.description,
          payload.link,
        ]);
    };
    const docs = { path: 'part:docs', kind: 'left-out' as const };
    const owned = '/delivery/deviations?service=component%3Adefault%2Forders';

    await find([docs]);
    expect(await told()).toEqual([]);
    await find([{ ...docs, reason: 'In a wiki' }]);
    // Nobody takes it, and it is told again
    refusal = 'Request failed with status 503 Service Unavailable';
    await expect(notifier.run()).rejects.toThrow('503');
    refusal = undefined;
    expect(await told()).toEqual([
      [
        'group:default/platform',
        'A deviation from a golden path is to be decided',
        'Orders leaves out Documentation. In a wiki',
        '/delivery/deviations?state=requested',
      ],
    ]);
    await find([{ ...docs, reason: 'In a wiki' }]);
    expect(await told()).toEqual([]);

    await decide(docs.path, {
      decision: 'approve',
      reason: 'In a wiki',
      expires_at: T + 2 * WEEK,
    });
    expect(await told()).toEqual([
      [
        'group:default/ticketing',
        'A deviation of orders was approved',
        'Orders leaves out Documentation. Until 2026-08-19. By user:default/adaeze.',
        owned,
      ],
    ]);
    now = T + WEEK - 1;
    expect(await told()).toEqual([]);
    now = T + WEEK;
    expect(await told()).toEqual([
      [
        'group:default/ticketing',
        'A deviation of orders is approved until 2026-08-19 only',
        expect.stringContaining('From then on it counts again.'),
        owned,
      ],
    ]);
    now = T + 2 * WEEK;
    await expireDeviations({ knex, now });
    expect(await told()).toEqual([
      [
        'group:default/ticketing',
        'A deviation of orders is no longer approved: its time is over',
        expect.stringContaining('It counts again.'),
        owned,
      ],
    ]);
    expect(await told()).toEqual([]);

    // Where there are no notifications, none are kept for later
    refusal = 'Request failed with status 404 Not Found';
    await find([{ ...docs, reason: 'In a handbook' }]);
    await decide(docs.path, { decision: 'deny', reason: 'In a handbook' }, now);
    await notifier.run();
    refusal = undefined;
    expect(await told()).toEqual([]);
  });

  it('are written down week by week, and the past stays', async () => {
    await find([{ path: 'ci/test', kind: 'changed', reason: 'Runner' }]);
    await write(T);
    const first = ['2026-08-03', 1, true, true, false, 'unjustified'];
    expect(await weeks()).toEqual([first]);

    await decide(
      'ci/test',
      { decision: 'approve', reason: 'Runner', expires_at: T + 2 * WEEK },
      T + WEEK,
    );
    await write(T + WEEK);
    expect(await weeks()).toEqual([
      first,
      ['2026-08-10', 1, true, true, true, 'justified'],
    ]);
    await expireDeviations({ knex, now: T + 2 * WEEK });
    await write(T + WEEK);
    expect((await weeks())[1]).toEqual([
      '2026-08-10',
      1,
      true,
      true,
      false,
      'expired',
    ]);
    const facts = await readDeliveryFacts({
      knex,
      entityRefs: [entity.ref],
      now: T,
    });
    expect(facts.get(entity.ref)).toMatchObject({
      deployments: 0,
      path: { conformant: false, behind: true, deviations: 1 },
    });

    await knex('entities').where({ id: 1 }).update({ deleted_at: T });
    await write(T + WEEK);
    expect(await weeks()).toEqual([first]);
  });
});
