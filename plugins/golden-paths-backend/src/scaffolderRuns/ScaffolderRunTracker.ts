import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import { EventParams } from '@backstage/plugin-events-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { Alarm } from '@waymark/backend-support';
import { z } from 'zod';
import { EventIntake } from '../events/EventIntake';
import { readRun } from './readRun';
import { runEvents } from './runEvents';
import { ScaffolderRun } from './ScaffolderRun';
import { ScaffolderRunStore, TakenRun } from './ScaffolderRunStore';
import { logSchema, Task, taskSchema } from './taskSchemas';

/** Runs that are asked for at a time. */
const BATCH = 4;
/** How often to look for what another replica has heard of. */
const LOOK_MS = 1_000;
/** Between two looks at a run that goes on. */
const RUNNING_MS = 3_000;
/** A run that goes on for longer than this is looked at less often. */
const LONG_RUN_MS = 15 * 60_000;
const LONG_RUN_LOOK_MS = 60_000;
/** The scaffolder publishes the end of a run before it has written it. */
const WRITING_MS = 300;
const AFTER_FAILURE_MS = 10_000;
/** The list of the scaffolder holds the whole template of each run. */
const PAGE = 25;

const messageSchema = z.object({
  id: z.union([z.string(), z.number()]),
  /** Where it is there, `id` is that of something else. */
  taskId: z.string().optional(),
  status: z.string().optional(),
});

/**
 * Follows the runs of the scaffolder: hears of them on its topic, and asks what
 * became of them. Messages get lost and a retry publishes none, so that its list is
 * compared with what is known once in a while.
 *
 * @internal
 */
export class ScaffolderRunTracker {
  readonly #alarm = new Alarm();
  readonly #appUrl: string;
  readonly #auth: AuthService;
  readonly #clock: () => number;
  readonly #intake: EventIntake;
  readonly #logger: LoggerService;
  readonly #scaffolder: ScaffolderService;
  readonly #store: ScaffolderRunStore;
  #loop?: Promise<void>;
  #isStopping = false;

  constructor(options: {
    /** Of the portal, for addresses of pages. */
    appUrl: string;
    auth: AuthService;
    clock: () => number;
    intake: EventIntake;
    logger: LoggerService;
    scaffolder: ScaffolderService;
    store: ScaffolderRunStore;
  }) {
    this.#appUrl = options.appUrl.replace(/\/+$/, '');
    this.#auth = options.auth;
    this.#clock = options.clock;
    this.#intake = options.intake;
    this.#logger = options.logger;
    this.#scaffolder = options.scaffolder;
    this.#store = options.store;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#alarm.ring();
    await this.#loop;
  }

  /** A message on the scaffolder's topic. */
  async hear(message: EventParams): Promise<void> {
    const parsed = messageSchema.safeParse(message.eventPayload);
    if (!parsed.success) {
      return;
    }
    const { id, taskId, status } = parsed.data;
    const isEnd = status === 'completed' || status === 'failed';
    await this.#store.hear([taskId ?? String(id)], isEnd ? WRITING_MS : 0);
    this.#alarm.ring();
  }

  /**
   * Compares the scaffolder's list with what is known.
   *
   * @param options - `whole`: all of it; otherwise what has not ended, and from the
   * latest on until nothing differs
   */
  async reconcile(options: {
    whole: boolean;
    signal?: AbortSignal;
  }): Promise<void> {
    const { whole, signal } = options;
    await this.#store.hear([
      ...(await this.#store.running()),
      ...(await this.#store.differing(
        (
          await this.#list({ offset: 0, status: ['open', 'processing'] })
        ).map(listed),
      )),
    ]);
    for (let offset = 0; ; offset += PAGE) {
      signal?.throwIfAborted();
      const tasks = await this.#list({ offset });
      const differing = await this.#store.differing(tasks.map(listed));
      await this.#store.hear(differing);
      if (tasks.length < PAGE || (!whole && differing.length === 0)) {
        break;
      }
    }
    this.#alarm.ring();
  }

  async #list(options: {
    offset: number;
    status?: ('open' | 'processing')[];
  }): Promise<Task[]> {
    try {
      const { items } = await this.#scaffolder.listTasks(
        { ...options, limit: PAGE },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items.flatMap(item => {
        const task = taskSchema.safeParse(item);
        return task.success ? [task.data] : [];
      });
    } catch (error) {
      // A portal without a scaffolder
      if (isNotFound(error)) {
        return [];
      }
      throw error;
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      let isBusy = false;
      try {
        const taken = await this.#store.takeDue(BATCH);
        await Promise.all(taken.map(run => this.#look(run)));
        isBusy = taken.length > 0;
      } catch (error) {
        this.#logger.warn(
          `Runs of the scaffolder cannot be followed at present: ${stringifyError(
            error,
          )}`,
        );
      }
      if (!isBusy) {
        await this.#alarm.sleep(LOOK_MS);
      }
    }
  }

  async #look(taken: TakenRun): Promise<void> {
    try {
      const found = await this.#ask(taken);
      // First of all: what is not written after it is done again, and events
      // count once
      const events = runEvents(found.run, { appUrl: this.#appUrl });
      if (events.length > 0) {
        await this.#intake.accept(events);
      }
      await this.#store.write(taken, found);
    } catch (error) {
      if (isNotFound(error)) {
        await this.#store.forget(taken);
        return;
      }
      this.#logger.warn(
        `The run ${taken.taskId} is looked at again: ${stringifyError(error)}`,
      );
      await this.#store.postpone(taken, AFTER_FAILURE_MS);
    }
  }

  async #ask({ taskId, known }: TakenRun) {
    const credentials = await this.#auth.getOwnServiceCredentials();
    // The task before its log, which then is no older
    const task = taskSchema.parse(
      await this.#scaffolder.getTask({ taskId }, { credentials }),
    );
    // Of a run that has not begun there is no log, for which the scaffolder waits
    const logs =
      task.status === 'open'
        ? []
        : logSchema.parse(
            await this.#scaffolder.getLogs({ taskId }, { credentials }),
          );
    const run = withKnown(readRun(task, logs), known);
    return {
      run,
      revision: listed(task).revision,
      dueInMs: this.#dueIn(run, {
        isEnding: logs.some(({ type }) => type === 'completion'),
      }),
    };
  }

  #dueIn(
    run: ScaffolderRun,
    { isEnding }: { isEnding: boolean },
  ): number | undefined {
    if (run.status !== 'open' && run.status !== 'processing') {
      return undefined;
    }
    if (isEnding) {
      return WRITING_MS;
    }
    return this.#clock() - run.startedAt > LONG_RUN_MS
      ? LONG_RUN_LOOK_MS
      : RUNNING_MS;
  }
}

/** What its log no longer tells. */
function withKnown(
  run: ScaffolderRun,
  known: ScaffolderRun | undefined,
): ScaffolderRun {
  if (!known) {
    return run;
  }
  return {
    ...run,
    // A retry begins the log anew
    attempts: Math.max(
      run.attempts,
      known.attempts + Number(run.startedAt > known.startedAt),
    ),
    entityRef: run.entityRef ?? known.entityRef,
    repositoryUrl: run.repositoryUrl ?? known.repositoryUrl,
  };
}

function listed(task: Task): { taskId: string; revision: string } {
  return {
    taskId: task.id,
    revision: `${task.status} ${task.lastHeartbeatAt ?? ''}`.slice(0, 255),
  };
}

function isNotFound(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'NotFoundError' || error.statusCode === 404)
  );
}
