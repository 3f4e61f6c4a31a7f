import { SchedulerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { CatalogSync } from './CatalogSync';

/**
 * Looks at the catalog again and again, on one replica at a time.
 *
 * @public
 */
export async function scheduleCatalogSync(options: {
  every: HumanDuration;
  /** Of the task, such as `scorecards:catalog-sync`. */
  id: string;
  scheduler: SchedulerService;
  sync: CatalogSync;
}): Promise<void> {
  const { every, id, scheduler, sync } = options;
  await scheduler.scheduleTask({
    id,
    frequency: every,
    // One that hangs is taken over; two at a time do no harm
    // After a replica died in it, the others wait that long; what it had taken over
    // stays, so that a pass that is cut off goes on from there
    timeout: { minutes: 1 },
    initialDelay: { seconds: 1 },
    scope: 'global',
    async fn(signal) {
      try {
        await sync.sync(signal);
      } catch (error) {
        throw new ForwardedError('The catalog could not be taken over', error);
      }
    },
  });
}
