import {
  coreServices,
  createServiceFactory,
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';

/** Runs tasks when the test says so, and hands on what they throw. */
export class ManualScheduler implements SchedulerService {
  readonly #tasks = new Map<string, SchedulerServiceTaskInvocationDefinition>();

  factory() {
    return createServiceFactory({
      service: coreServices.scheduler,
      deps: {},
      factory: () => this,
    });
  }

  async scheduleTask(task: SchedulerServiceTaskInvocationDefinition) {
    this.#tasks.set(task.id, task);
  }

  async run(id: string): Promise<void> {
    const task = this.#tasks.get(id);
    if (!task) {
      throw new NotFoundError(`There is no task ${id}`);
    }
    await task.fn(new AbortController().signal);
  }

  // The pass at start is left to the test as well
  async triggerTask() {}
  async cancelTask() {}
  async getScheduledTasks() {
    return [];
  }

  createScheduledTaskRunner() {
    return {
      run: (task: SchedulerServiceTaskInvocationDefinition) =>
        this.scheduleTask(task),
    };
  }
}
