import { SchedulerService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { DeliveryPublisher } from './DeliveryPublisher';
import { DeliveryStore } from './DeliveryStore';

/** How long what belongs to a delivery is kept. */
export interface DeliveryRetention {
  bodies: HumanDuration;
  deliveries: HumanDuration;
}

/**
 * Publishes what was left behind, and forgets what is old.
 *
 * @internal
 */
export async function scheduleDeliveryTasks(options: {
  publisher: DeliveryPublisher;
  retention: DeliveryRetention;
  scheduler: SchedulerService;
  store: DeliveryStore;
}): Promise<void> {
  const { publisher, retention, scheduler, store } = options;

  await scheduler.scheduleTask({
    id: 'golden-paths:publish-webhooks',
    frequency: { seconds: 15 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 10 },
    fn: async signal => {
      await publisher.publishDue(signal);
    },
  });

  const before = (age: HumanDuration) =>
    new Date(Date.now() - durationToMilliseconds(age));
  await scheduler.scheduleTask({
    id: 'golden-paths:purge-webhooks',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: async () => {
      await store.purge({
        bodiesBefore: before(retention.bodies),
        deliveriesBefore: before(retention.deliveries),
      });
    },
  });
}
