import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { z } from 'zod';
import { checkEvent } from '../../adapters/checkEvent';
import {
  deploymentSchema,
  deploymentStatusSchema,
} from '../../adapters/github/payloads';
import { translateDeploymentStatus } from '../../adapters/github/translateDeploymentStatus';
import { EventIntake } from '../../events/EventIntake';
import { ImportProgress } from '../ImportProgress';
import { ImportStore, RunningImport } from '../ImportStore';
import { GithubApi, RateLimitedError, RefusedError } from './GithubApi';

/** How long a replica may take for a page before another one does it. */
const LEASE_MS = 5 * 60_000;

/** Deployments of a page; each needs a request of its own. */
const PAGE = 30;

const RETRY_MS = 60_000;
const MAX_FAILURES = 10;

const deploymentsSchema = z.array(
  deploymentSchema.extend({ created_at: z.iso.datetime({ offset: true }) }),
);
const statusesSchema = z.array(deploymentStatusSchema);

/**
 * What is still to be read.
 *
 * @internal
 */
export interface GithubPlan {
  /** Addresses; the first one is being read. */
  repositories: string[];
  page: number;
  /** Milliseconds. */
  since: number;
  /** In a row. */
  failures: number;
}

/**
 * Reads the deployments of repositories, page by page. After each one it is written
 * how far it has come, so that any replica can go on.
 *
 * @internal
 */
export class GithubImport {
  readonly #api: GithubApi;
  readonly #intake: EventIntake;
  readonly #logger: LoggerService;
  readonly #store: ImportStore;

  constructor(options: {
    api: GithubApi;
    intake: EventIntake;
    logger: LoggerService;
    store: ImportStore;
  }) {
    this.#api = options.api;
    this.#intake = options.intake;
    this.#logger = options.logger;
    this.#store = options.store;
  }

  /** Goes on with all that nobody works on, until there is nothing to do now. */
  async run(signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      const now = Date.now();
      const running = await this.#store.claim<GithubPlan>({
        now,
        leaseUntil: now + LEASE_MS,
      });
      if (!running) {
        return;
      }
      await this.#step(running);
    }
  }

  async #step(running: RunningImport<GithubPlan>): Promise<void> {
    const { id, plan } = running;
    const progress = new ImportProgress({
      counts: running.counts,
      // With the plan, below: what is counted is what need not be done again
      save: async () => {},
    });
    const [repository, ...others] = plan.repositories;
    const next = { ...plan, repositories: others, page: 1, failures: 0 };
    try {
      if (await this.#readPage({ repository, plan, progress, running })) {
        next.repositories = plan.repositories;
        next.page = plan.page + 1;
      }
    } catch (error) {
      if (error instanceof RateLimitedError) {
        await this.#store.save(id, {
          nextStepAt: error.until,
          error: error.message,
        });
        return;
      }
      if (!(error instanceof RefusedError) && plan.failures < MAX_FAILURES) {
        this.#logger.warn(
          `The import of ${repository} goes on later: ${stringifyError(error)}`,
        );
        await this.#store.save(id, {
          plan: { ...plan, failures: plan.failures + 1 },
          nextStepAt: Date.now() + RETRY_MS,
          error: `${repository}: ${stringifyError(error)}`.slice(0, 500),
        });
        return;
      }
      progress.mention({ repository, message: stringifyError(error) });
    }

    await this.#store.save(id, {
      counts: progress.counts(),
      plan: next,
      nextStepAt: Date.now(),
      error: null,
    });
    if (next.repositories.length === 0) {
      await this.#store.end(id);
    }
  }

  /** @returns whether there may be another page */
  async #readPage(options: {
    repository: string;
    plan: GithubPlan;
    progress: ImportProgress;
    running: RunningImport<GithubPlan>;
  }): Promise<boolean> {
    const { repository, plan, progress, running } = options;
    const page = deploymentsSchema.parse(
      await this.#api.get(
        repository,
        `/deployments?per_page=${PAGE}&page=${plan.page}`,
      ),
    );
    const recent = page.filter(
      ({ created_at }) => Date.parse(created_at) >= plan.since,
    );
    const full_name = new URL(repository).pathname.slice(1);
    for (const deployment of recent) {
      const statuses = statusesSchema.parse(
        await this.#api.get(
          repository,
          `/deployments/${deployment.id}/statuses?per_page=100`,
        ),
      );
      const events = statuses.flatMap(deployment_status =>
        translateDeploymentStatus({
          deployment,
          deployment_status,
          repository: { html_url: repository, full_name },
        }),
      );
      progress.read += events.length;
      const now = Date.now();
      const verdicts = await this.#intake.accept(
        events.map(event => ({
          event: checkEvent(event, { now }),
          receivedFrom: running.startedBy,
          observed: running.observed,
          sample: false,
        })),
      );
      await progress.taken(verdicts);
    }
    // The latest come first
    return page.length === PAGE && recent.length === PAGE;
  }
}
