import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ForgeEntityProvider } from './provider/ForgeEntityProvider';

/**
 * Runs full passes on a schedule, the first one now.
 *
 * @remarks
 * A schedule outlives a restart together with the time of its next run, but a
 * restart is when events may have been missed.
 *
 * @internal
 */
export async function scheduleFullPasses(options: {
  logger: LoggerService;
  provider: ForgeEntityProvider;
  schedule: SchedulerServiceTaskScheduleDefinition;
  scheduler: SchedulerService;
}): Promise<void> {
  const { logger, provider, schedule, scheduler } = options;
  const id = `${provider.getProviderName()}:refresh`;
  await scheduler.scheduleTask({
    ...schedule,
    id,
    fn: signal => provider.refresh({ signal }),
  });
  try {
    await scheduler.triggerTask(id);
  } catch (error) {
    if (!isError(error) || error.name !== 'ConflictError') {
      throw error;
    }
    logger.info(`${id} runs already`);
  }
}
