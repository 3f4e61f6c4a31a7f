import { SchedulerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { inTransaction } from '@waymark/backend-support';
import { Knex } from 'knex';
import { rematch } from '../matching/rematch';
import { Retention } from './Retention';

/** @internal */
export const RETENTION_TASK = 'golden-paths:retention';

/** @internal */
export const REMATCH_TASK = 'golden-paths:rematch';

/**
 * What is done from time to time, on one replica at a time.
 *
 * @internal
 */
export async function scheduleUpkeep(options: {
  knex: Knex;
  retention: Retention;
  scheduler: SchedulerService;
  /** Called when something was left to derive. */
  wake: () => void;
}): Promise<void> {
  const { knex, retention, scheduler, wake } = options;
  // An event and its entity may have come in at the same moment, unseen by each other
  await scheduler.scheduleTask({
    id: REMATCH_TASK,
    frequency: { minutes: 1 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 5 },
    async fn() {
      try {
        if ((await inTransaction(knex, tx => rematch(tx))) > 0) {
          wake();
        }
      } catch (error) {
        throw new ForwardedError('Events were not given to entities', error);
      }
    },
  });
  await scheduler.scheduleTask({
    id: RETENTION_TASK,
    frequency: { days: 1 },
    initialDelay: { minutes: 10 },
    timeout: { hours: 2 },
    async fn(signal) {
      try {
        await retention.run({ signal });
      } catch (error) {
        throw new ForwardedError('Old events were not forgotten', error);
      }
    },
  });
}
