import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { CredentialStore } from '../credentials/CredentialStore';
import { DAY_MS } from '../credentials/newCredential';

/**
 * Forgets, once a day, credentials that ended longer ago than is kept.
 *
 * @internal
 */
export async function schedulePurge(options: {
  logger: LoggerService;
  retentionDays: number;
  scheduler: SchedulerService;
  store: CredentialStore;
}): Promise<void> {
  const { logger, retentionDays, scheduler, store } = options;
  await scheduler.scheduleTask({
    id: 'ci-credentials-purge',
    scope: 'global',
    frequency: { hours: 24 },
    timeout: { minutes: 15 },
    initialDelay: { minutes: 10 },
    async fn() {
      try {
        const count = await store.purge({
          endedBefore: new Date(Date.now() - retentionDays * DAY_MS),
        });
        if (count > 0) {
          logger.info(
            `Forgot ${count} CI credentials that ended more than ${retentionDays} days ago`,
          );
        }
      } catch (error) {
        throw new ForwardedError('Forgetting old CI credentials failed', error);
      }
    },
  });
}
