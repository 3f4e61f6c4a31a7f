import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError } from '@backstage/errors';
import { PipelineRun } from '@waymark/plugin-forge-runner-common';
import { PipelineReporter } from '../reports/PipelineReporter';
import { ForgeCommit } from '../repositories/ForgeClient';
import {
  RepositoryRow,
  RepositoryStore,
} from '../repositories/RepositoryStore';
import { Housekeeping } from './Housekeeping';
import { Layout } from './Layout';
import { PipelineExecution, RunResult } from './PipelineExecution';
import { RunRow, RunStore } from './RunStore';

const PORTAL_ENDED = 'The portal ended while it ran';

/**
 * Which run is next: one of a repository at a time, a few of all.
 *
 * @internal
 */
export class RunQueue {
  readonly #active = new Map<
    number,
    { controller: AbortController; done: Promise<void> }
  >();
  /** Not before what an earlier portal left is cleared away. */
  #isStarted = false;
  #isStopped = false;
  #picking: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      concurrency: number;
      execution: PipelineExecution;
      housekeeping: Housekeeping;
      layout: Layout;
      logger: LoggerService;
      reporter: PipelineReporter;
      repositories: RepositoryStore;
      runs: RunStore;
    },
  ) {}

  /**
   * Begins to work. What ran when the portal ended is run again, once: should it be
   * what ends the portal, that is not repeated for ever.
   */
  async start(): Promise<void> {
    const { runs } = this.options;
    for (const run of await runs.listInState('running')) {
      await runs.moveStages(run.id, 'running', {
        state: 'cancelled',
        finished_at: Date.now(),
      });
      await runs.moveStages(run.id, 'waiting', { state: 'skipped' });
      await this.#finish(run, { state: 'error', reason: PORTAL_ENDED });
      const [latest] = await runs.list(run.repository_id, { limit: 1 });
      if (latest.id === run.id && run.trigger !== 'resumed') {
        await this.add({
          repositoryId: run.repository_id,
          commit: {
            id: run.commit_id,
            title: run.commit_title,
            committedAt: Number(run.committed_at) || undefined,
          },
          hasScripts: true,
          trigger: 'resumed',
        });
      }
    }
    this.#isStarted = true;
    this.#pick();
  }

  async add(request: {
    repositoryId: number;
    commit: ForgeCommit;
    hasScripts: boolean;
    trigger: PipelineRun['trigger'];
    triggeredBy?: string;
  }): Promise<RunRow> {
    const run = await this.options.runs.add({
      ...request,
      chainId: randomUUID(),
    });
    this.#pick();
    return run;
  }

  /** @throws ConflictError when it has ended already */
  async cancel(run: RunRow, by: string): Promise<void> {
    const reason = `Cancelled by ${by}`;
    const active = this.#active.get(run.id);
    if (active) {
      active.controller.abort(reason);
      await active.done;
      return;
    }
    const isCancelled = await this.options.runs.move(run.id, 'waiting', {
      state: 'cancelled',
      reason,
      finished_at: Date.now(),
    });
    if (!isCancelled) {
      throw new ConflictError(`Run ${run.number} has ended already`);
    }
  }

  /** Ends the run of a repository that is gone. */
  async remove(repositoryId: number): Promise<void> {
    for (const run of await this.options.runs.listInState('running')) {
      if (run.repository_id === repositoryId) {
        await this.cancel(run, 'the removal of the repository').catch(() => {});
      }
    }
  }

  /** Ends what runs, to be run again by the next portal. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#picking;
    const active = [...this.#active.values()];
    for (const { controller } of active) {
      controller.abort(PORTAL_ENDED);
    }
    await Promise.all(active.map(({ done }) => done));
  }

  #pick(): void {
    const { concurrency, logger, runs } = this.options;
    this.#picking = this.#picking
      .then(async () => {
        while (
          this.#isStarted &&
          !this.#isStopped &&
          this.#active.size < concurrency
        ) {
          const run = await runs.nextWaiting();
          const isOurs =
            run &&
            (await runs.move(run.id, 'waiting', {
              state: 'running',
              started_at: Date.now(),
            }));
          if (!isOurs) {
            return;
          }
          const controller = new AbortController();
          const done = this.#work(run, controller.signal)
            .catch(error => logger.error(stringifyError(error)))
            .finally(() => {
              this.#active.delete(run.id);
              this.#pick();
            });
          this.#active.set(run.id, { controller, done });
        }
      })
      .catch(error => logger.error(stringifyError(error)));
  }

  async #work(run: RunRow, signal: AbortSignal): Promise<void> {
    const { execution, housekeeping, layout, logger, repositories } =
      this.options;
    const repository = await repositories.get(run.repository_id);
    if (!repository) {
      return;
    }
    let result: RunResult | { state: 'error'; reason: string };
    try {
      result = await execution.execute(repository, run, signal);
    } catch (error) {
      logger.error(
        `Run ${run.number} of ${repository.name} failed: ${stringifyError(
          error,
        )}`,
      );
      result = { state: 'error', reason: `The runner failed: ${error}` };
    }
    if (this.#isStopped) {
      // It stays as it is: the next portal sees that it was interrupted
      return;
    }
    await this.#finish(run, result, repository);
    if (result.state !== 'succeeded') {
      await rm(layout.build(repository.id, run.number), {
        recursive: true,
        force: true,
      });
    }
    await housekeeping.tidy(repository.id);
  }

  async #finish(
    run: RunRow,
    result: RunResult | { state: 'error'; reason: string },
    known?: RepositoryRow,
  ): Promise<void> {
    const { reporter, repositories, runs } = this.options;
    await runs.update(run.id, {
      state: result.state,
      reason: result.reason ?? null,
      finished_at: Date.now(),
    });
    const repository = known ?? (await repositories.get(run.repository_id));
    if (repository) {
      const outcome = (
        {
          succeeded: 'success',
          failed: 'failure',
          cancelled: 'cancel',
          error: 'error',
        } as const
      )[result.state];
      await reporter.runFinished(repository, run, {
        outcome,
        ...(result.reason && { errors: result.reason }),
      });
    }
  }
}
