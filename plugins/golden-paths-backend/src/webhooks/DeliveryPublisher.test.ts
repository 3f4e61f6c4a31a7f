import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultEventsService,
  EventParams,
  EventsService,
} from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import { DeliveryPublisher } from './DeliveryPublisher';

const logger = mockServices.logger.mock();
const delivery = {
  sender: 'github' as const,
  deliveryId: 'one',
  digest: 'a'.repeat(64),
  event: 'push',
  metadata: { 'x-github-event': 'push' },
  body: '{"ref":"refs/heads/main"}',
};

/** What deliveries say of services is of no interest here. */
const adapter = { take: async () => {} };

describe.each(databases.eachSupportedId())('DeliveryPublisher on %s', id => {
  let knex: Knex;
  let store: DatabaseDeliveryStore;

  beforeEach(async () => {
    knex = await initDatabase(id);
    store = DatabaseDeliveryStore.create({ database: knex });
  });
  const row = () => knex('webhook_deliveries').first();

  it('waits until everybody listens', async () => {
    const events = DefaultEventsService.create({
      logger,
      useEventBus: 'never',
    });
    const publisher = new DeliveryPublisher({
      adapter,
      events,
      logger,
      store,
    });
    await expect(publisher.accept(delivery)).resolves.toEqual({
      accepted: true,
    });
    await expect(publisher.publishDue()).resolves.toBe(0);
    await publisher.stop();

    const heard: EventParams[] = [];
    await events.subscribe({
      id: 'late',
      topics: ['github'],
      onEvent: async event => {
        heard.push(event);
      },
    });
    publisher.start();
    await publisher.stop();
    expect(heard).toEqual([
      {
        topic: 'github',
        eventPayload: { ref: 'refs/heads/main' },
        metadata: delivery.metadata,
      },
    ]);
    await expect(row()).resolves.toMatchObject({ state: 'published' });
  });

  it('tries again, later and later, what the event bus refuses, and gives up', async () => {
    let attempts = 0;
    const events: EventsService = {
      publish: async () => {
        attempts += 1;
        throw new Error('The bus is away');
      },
      subscribe: async () => {},
    };
    const publisher = new DeliveryPublisher({
      adapter,
      events,
      logger,
      store,
    });
    publisher.start();
    await publisher.stop();
    await publisher.accept(delivery);
    await publisher.stop();

    const waits: number[] = [];
    for (;;) {
      const { state, next_attempt_at: next, body, error } = await row();
      expect(body).toBe(delivery.body);
      expect(error).toContain('The bus is away');
      if (state === 'failed') {
        break;
      }
      waits.push(Math.round((Number(new Date(next)) - Date.now()) / 30_000));
      await expect(publisher.publishDue()).resolves.toBe(0);
      await knex('webhook_deliveries').update({ next_attempt_at: new Date() });
      await expect(publisher.publishDue()).resolves.toBe(1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect(attempts).toBe(8);
  });

  it('takes a delivery again until what it says of services is kept', async () => {
    const events = DefaultEventsService.create({
      logger,
      useEventBus: 'never',
    });
    const taken: unknown[] = [];
    const publisher = new DeliveryPublisher({
      adapter: {
        take: async given => {
          taken.push(given);
          if (taken.length === 1) {
            throw new Error('The database is away');
          }
        },
      },
      events,
      logger,
      store,
    });
    publisher.start();
    await publisher.accept(delivery);
    await publisher.stop();
    await expect(row()).resolves.toMatchObject({
      state: 'received',
      body: delivery.body,
      error: expect.stringContaining('The database is away'),
    });
    await knex('webhook_deliveries').update({ next_attempt_at: new Date() });
    await publisher.publishDue();
    await expect(row()).resolves.toMatchObject({ state: 'published' });
    const same = { event: 'push', payload: { ref: 'refs/heads/main' } };
    expect(taken).toEqual([same, same]);
  });
});
