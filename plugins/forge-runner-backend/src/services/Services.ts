import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError, toError } from '@backstage/errors';
import { ProcessLauncher } from '../processes/ProcessLauncher';
import {
  RepositoryRow,
  RepositoryStore,
} from '../repositories/RepositoryStore';
import { Layout } from '../runs/Layout';
import { RunRow, RunStore } from '../runs/RunStore';
import { PipelineReporter } from '../reports/PipelineReporter';
import { RestartPolicy, ServiceStatus, StagingService } from './StagingService';

/** Milliseconds after which a service counts as healthy again. */
const HEALTHY_MS = 60_000;

/**
 * The services of all repositories.
 *
 * @internal
 */
export class Services {
  readonly #services = new Map<number, StagingService>();
  readonly #restarts: RestartPolicy;
  #isStopping = false;

  constructor(
    private readonly options: {
      launcher: ProcessLauncher;
      layout: Layout;
      logger: LoggerService;
      maxLogBytes: number;
      readyTimeoutMs: number;
      reporter: PipelineReporter;
      repositories: RepositoryStore;
      restarts: number;
      runs: RunStore;
    },
  ) {
    const pauses = Array.from(
      { length: options.restarts },
      (_, count) => 1000 * 2 ** count,
    );
    this.#restarts = { pauses, healthyAfter: HEALTHY_MS };
  }

  /** Starts again what ran when the portal ended. */
  async resume(): Promise<void> {
    const { logger, repositories } = this.options;
    for (const repository of await repositories.listToRun()) {
      const build = this.#build(repository, repository.build!);
      this.#of(repository)
        .start(build)
        .catch(error => logger.error(stringifyError(error)));
    }
  }

  status(repository: RepositoryRow): ServiceStatus {
    return this.#of(repository).status;
  }

  /**
   * Puts a new build in place, and tells so.
   *
   * @throws Error for people, when it did not become ready
   */
  async deploy(
    repository: RepositoryRow,
    run: RunRow,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { reporter, repositories, runs } = this.options;
    const known = await repositories.get(repository.id);
    const status = await this.#of(repository).deploy(
      this.#build(repository, run.number),
      options,
    );
    await repositories.update(repository.id, {
      should_run: true,
      build: run.number,
    });
    await runs.update(run.id, { has_build: true });
    await reporter.deployed(
      repository,
      run,
      known?.build ? 'upgraded' : 'deployed',
      status.url!,
    );
  }

  /** @throws ConflictError when nothing was deployed yet */
  async restart(repository: RepositoryRow): Promise<ServiceStatus> {
    const { repositories } = this.options;
    const { build } = (await repositories.get(repository.id)) ?? repository;
    if (!build) {
      throw new ConflictError('Nothing was deployed yet');
    }
    await repositories.update(repository.id, { should_run: true });
    return this.#of(repository).start(this.#build(repository, build));
  }

  /** @throws ConflictError when nothing was deployed yet */
  async stop(repository: RepositoryRow, by: string): Promise<ServiceStatus> {
    const { repositories } = this.options;
    const service = this.#of(repository);
    if (service.status.state === 'none') {
      throw new ConflictError('Nothing was deployed yet');
    }
    await repositories.update(repository.id, { should_run: false });
    return service.stop(`Stopped by ${by}`);
  }

  /** @throws ConflictError when the build is not kept, or does not become ready */
  async rollBack(
    repository: RepositoryRow,
    run: RunRow,
    by: string,
  ): Promise<ServiceStatus> {
    const { reporter, repositories } = this.options;
    if (!run.has_build) {
      throw new ConflictError(`The build of run ${run.number} is not kept`);
    }
    let status: ServiceStatus;
    try {
      status = await this.#of(repository).deploy(
        this.#build(repository, run.number),
        { reason: `Rolled back by ${by}` },
      );
    } catch (error) {
      throw new ConflictError(
        `Build ${run.number} did not take over, the present one stays. ${
          toError(error).message
        }`,
      );
    }
    await repositories.update(repository.id, {
      should_run: true,
      build: run.number,
    });
    await reporter.deployed(repository, run, 'rolledback', status.url!);
    return status;
  }

  /** Ends the service of a repository that is gone. */
  async remove(repositoryId: number): Promise<void> {
    const service = this.#services.get(repositoryId);
    this.#services.delete(repositoryId);
    await service?.shutDown();
  }

  async shutDown(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(
      [...this.#services.values()].map(service => service.shutDown()),
    );
  }

  #build(repository: RepositoryRow, run: number) {
    return { run, folder: this.options.layout.build(repository.id, run) };
  }

  #of(repository: RepositoryRow): StagingService {
    const { layout, logger, repositories } = this.options;
    let service = this.#services.get(repository.id);
    if (!service) {
      const state = repository.build ? 'stopped' : 'none';
      service = new StagingService({
        launcher: this.options.launcher,
        logFile: layout.serviceLog(repository.id),
        logger,
        maxLogBytes: this.options.maxLogBytes,
        onChange: status => {
          if (this.#isStopping) {
            return;
          }
          repositories
            .update(repository.id, {
              service_reason: status.reason ?? null,
              service_since: status.since ?? null,
              ...(status.port && { port: status.port }),
            })
            .catch(error => logger.error(stringifyError(error)));
        },
        port: repository.port ?? undefined,
        readyTimeoutMs: this.options.readyTimeoutMs,
        restarts: this.#restarts,
        status: {
          state,
          reason: repository.service_reason ?? undefined,
          since: Number(repository.service_since) || undefined,
          run: repository.build ?? undefined,
        },
      });
      this.#services.set(repository.id, service);
    }
    return service;
  }
}
