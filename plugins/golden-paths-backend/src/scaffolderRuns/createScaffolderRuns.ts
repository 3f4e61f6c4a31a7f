import {
  AuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  RootLifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { EventIntake } from '../events/EventIntake';
import { ScaffolderRunStore } from './ScaffolderRunStore';
import { ScaffolderRunTracker } from './ScaffolderRunTracker';

const TASKS = [
  { id: 'latest', whole: false, frequency: { seconds: 15 }, delay: 3 },
  // Retries of old runs whose messages were lost
  { id: 'all', whole: true, frequency: { hours: 1 }, delay: 60 },
];

/**
 * Follows the runs of the scaffolder as long as the backend runs.
 *
 * @internal
 */
export async function createScaffolderRuns(options: {
  auth: AuthService;
  clock: () => number;
  config: RootConfigService;
  events: EventsService;
  intake: EventIntake;
  lifecycle: LifecycleService;
  logger: LoggerService;
  rootLifecycle: RootLifecycleService;
  scaffolder: ScaffolderService;
  scheduler: SchedulerService;
  store: ScaffolderRunStore;
}): Promise<ScaffolderRunTracker> {
  const { config, events, lifecycle, rootLifecycle, scheduler } = options;
  const tracker = new ScaffolderRunTracker({
    ...options,
    appUrl: config.getOptionalString('app.baseUrl') ?? '',
  });
  await events.subscribe({
    id: 'golden-paths-scaffolder-runs',
    topics: ['scaffolder.task'],
    onEvent: message => tracker.hear(message),
  });
  rootLifecycle.addStartupHook(() => tracker.start());
  lifecycle.addShutdownHook(() => tracker.stop());
  for (const { id, whole, frequency, delay } of TASKS) {
    await scheduler.scheduleTask({
      id: `golden-paths:scaffolder-runs-${id}`,
      frequency,
      timeout: { minutes: 5 },
      initialDelay: { seconds: delay },
      scope: 'global',
      async fn(signal) {
        try {
          await tracker.reconcile({ whole, signal });
        } catch (error) {
          throw new ForwardedError(
            'The runs of the scaffolder could not be listed',
            error,
          );
        }
      },
    });
  }
  return tracker;
}
