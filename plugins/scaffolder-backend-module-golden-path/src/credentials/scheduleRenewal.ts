import { SchedulerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { CredentialRenewal } from './CredentialRenewal';

/** The id of the task. */
export const RENEWAL_TASK = 'golden-path-renew-credentials';

/**
 * Looks after issued credentials once a day.
 *
 * @internal
 */
export async function scheduleRenewal(options: {
  scheduler: SchedulerService;
  renewal: CredentialRenewal;
}): Promise<void> {
  const { scheduler, renewal } = options;
  await scheduler.scheduleTask({
    id: RENEWAL_TASK,
    scope: 'global',
    frequency: { hours: 24 },
    timeout: { hours: 1 },
    initialDelay: { minutes: 5 },
    async fn(signal) {
      try {
        await renewal.run(signal);
      } catch (error) {
        throw new ForwardedError(
          'Renewing the CI credentials of golden paths failed',
          error,
        );
      }
    },
  });
}
