import {
  LifecycleService,
  LoggerService,
  RootLifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError, stringifyError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { createRunner } from './createRunner';

/**
 * Lets the runner work as long as the portal does.
 *
 * @internal
 */
export function startRunner(options: {
  events: CatalogScmEventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  rootLifecycle: RootLifecycleService;
  runner: Awaited<ReturnType<typeof createRunner>>;
  scheduler: SchedulerService;
}): void {
  const { events, lifecycle, logger, rootLifecycle, runner, scheduler } =
    options;
  // At once: what is pushed while the portal starts is waited for
  const { unsubscribe } = runner.watcher.subscribe(events);
  // The forge may be a plugin of this very backend, and answers only now
  rootLifecycle.addStartupHook(async () => {
    runner
      .start()
      // What was pushed while nobody listened
      .then(() => runner.watcher.reconcile())
      .catch(error =>
        logger.error(`The runner did not start well: ${stringifyError(error)}`),
      );
    await scheduler.scheduleTask({
      id: 'forge-runner-reconcile',
      scope: 'local',
      frequency: { seconds: 60 },
      initialDelay: { seconds: 60 },
      timeout: { minutes: 5 },
      async fn() {
        try {
          await runner.watcher.reconcile();
        } catch (error) {
          throw new ForwardedError(
            'Looking for pushes to the forge failed',
            error,
          );
        }
      },
    });
  });
  lifecycle.addShutdownHook(async () => {
    unsubscribe();
    await runner.stop();
  });
}
