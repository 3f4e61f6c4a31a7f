import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import { NewDelivery } from './DeliveryStore';

const delivery = (overrides: Partial<NewDelivery> = {}): NewDelivery => ({
  sender: 'github',
  deliveryId: 'one',
  digest: 'a'.repeat(64),
  event: 'push',
  metadata: { 'x-github-event': 'push' },
  body: '{"ref":"refs/heads/main"}',
  ...overrides,
});
const at = (seconds: number) => new Date(Date.UTC(2026, 8, 1) + seconds * 1000);

describe.each(databases.eachSupportedId())('deliveries on %s', id => {
  let knex: Knex;
  let store: DatabaseDeliveryStore;

  beforeEach(async () => {
    knex = await initDatabase(id);
    store = DatabaseDeliveryStore.create({ database: knex });
  });

  const accept = (overrides?: Partial<NewDelivery>) =>
    store.accept(delivery(overrides), { now: at(0), leaseUntil: at(60) });

  it('knows a delivery again by its id and by its body', async () => {
    await expect(accept()).resolves.toMatchObject({ accepted: true });
    const refused = { accepted: false, acceptedAt: at(0) };
    await expect(accept({ digest: 'b'.repeat(64) })).resolves.toEqual(refused);
    await expect(accept({ deliveryId: 'two' })).resolves.toEqual(refused);
    await expect(
      accept({ deliveryId: 'two', digest: 'b'.repeat(64) }),
    ).resolves.toMatchObject({ accepted: true });
    expect(await knex('webhook_deliveries')).toHaveLength(2);
  });

  it('lets one of many writers in', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => accept()),
    );
    expect(results.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(await knex('webhook_deliveries')).toHaveLength(1);
  });

  it('hands an unpublished delivery to one replica, after the lease', async () => {
    await accept();
    const claim = (now: number) =>
      store.claimDue({ now: at(now), leaseUntil: at(now + 60), limit: 10 });

    await expect(claim(59)).resolves.toEqual([]);
    const claims = await Promise.all([claim(60), claim(60), claim(60)]);
    expect(claims.flat()).toEqual([
      expect.objectContaining({
        deliveryId: 'one',
        body: delivery().body,
        metadata: delivery().metadata,
        attempts: 2,
      }),
    ]);
    await expect(claim(119)).resolves.toEqual([]);

    const [{ id: row }] = claims.flat();
    await store.markFailed(row, { error: 'no', nextAttemptAt: at(300) });
    await expect(claim(299)).resolves.toEqual([]);
    await expect(claim(300)).resolves.toMatchObject([{ attempts: 3 }]);
    await store.markFailed(row, { error: 'never' });
    await expect(claim(9_999)).resolves.toEqual([]);
    await expect(knex('webhook_deliveries').first()).resolves.toMatchObject({
      state: 'failed',
      error: 'never',
      body: delivery().body,
    });
  });

  it('forgets a body once it is published, and the rest when it is old', async () => {
    const first = await accept();
    await store.accept(
      delivery({ deliveryId: 'two', digest: 'b'.repeat(64) }),
      { now: at(100), leaseUntil: at(160) },
    );
    if (!first.accepted) {
      throw new Error('The first delivery was refused');
    }
    await store.markPublished(first.pending.id, { now: at(1) });
    await expect(
      knex('webhook_deliveries').where({ delivery_id: 'one' }).first(),
    ).resolves.toMatchObject({ state: 'published', body: null });

    await expect(
      store.purge({ bodiesBefore: at(101), deliveriesBefore: at(50) }),
    ).resolves.toEqual({ bodies: 1, deliveries: 1 });
    await expect(knex('webhook_deliveries')).resolves.toMatchObject([
      { delivery_id: 'two', body: null, state: 'failed' },
    ]);
    await expect(accept()).resolves.toMatchObject({ accepted: true });
  });
});
