import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { OverlookedRuns } from './OverlookedRuns';

/**
 * Looks for overlooked runs every few seconds.
 *
 * @internal
 */
export async function scheduleHandOver(options: {
  scheduler: SchedulerService;
  overlooked: OverlookedRuns;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, overlooked, logger } = options;
  await scheduler.scheduleTask({
    id: 'golden-path-hand-over-overlooked-runs',
    // Every replica that works looks: it costs less than agreeing on one
    scope: 'local',
    frequency: { seconds: 5 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 5 },
    async fn() {
      try {
        const count = await overlooked.handOver();
        if (count > 0) {
          logger.warn(
            `${count} accepted run(s) were known to no worker and go on through recovery`,
          );
        }
      } catch (error) {
        throw new ForwardedError('Looking for overlooked runs failed', error);
      }
    },
  });
}
