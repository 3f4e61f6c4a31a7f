import {
  coreServices,
  createServiceFactory,
  SchedulerService,
  SchedulerServiceTaskFunction,
  SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** A scheduler whose tasks run when the test says so. */
export class TestScheduler {
  readonly #tasks = new Map<string, SchedulerServiceTaskFunction>();
  readonly #stop = new AbortController();

  get factory() {
    return createServiceFactory({
      service: coreServices.scheduler,
      deps: {
        lifecycle: coreServices.lifecycle,
        plugin: coreServices.pluginMetadata,
      },
      factory: ({ lifecycle, plugin }): SchedulerService => {
        lifecycle.addShutdownHook(() => this.#stop.abort());
        const scheduleTask = async (
          task: SchedulerServiceTaskInvocationDefinition,
        ) => {
          if (plugin.getId() === 'scorecards') {
            this.#tasks.set(task.id, task.fn);
          }
        };
        return {
          scheduleTask,
          createScheduledTaskRunner: () => ({ run: scheduleTask }),
          getScheduledTasks: async () => [],
          triggerTask: id => this.run(id),
          cancelTask: async () => {},
        };
      },
    });
  }

  /** Runs a task of the plugin and waits for its end; throws what it throws. */
  async run(
    id: string,
    timeout: HumanDuration = { minutes: 1 },
  ): Promise<void> {
    const task = this.#tasks.get(id);
    if (!task) {
      throw new Error(
        `No task ${id}, but ${[...this.#tasks.keys()].join(', ')}`,
      );
    }
    await task(
      AbortSignal.any([
        this.#stop.signal,
        AbortSignal.timeout(durationToMilliseconds(timeout)),
      ]),
    );
  }
}
