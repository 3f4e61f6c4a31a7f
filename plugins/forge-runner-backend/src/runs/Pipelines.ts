import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  EntityPipeline,
  Isolation,
  LogPart,
  PipelineRun,
  RunningService,
} from '@waymark/plugin-forge-runner-common';
import { readLog } from '../logs/readLog';
import { EntityFinder } from '../repositories/EntityFinder';
import { ForgeClient } from '../repositories/ForgeClient';
import {
  RepositoryRow,
  RepositoryStore,
} from '../repositories/RepositoryStore';
import { ENVIRONMENT } from '../reports/PipelineReporter';
import { Services } from '../services/Services';
import { Layout } from './Layout';
import { RunQueue } from './RunQueue';
import { RunRow, RunStore } from './RunStore';
import { hasScripts } from './stageList';
import { toCommit, toPipelineRun } from './toPipelineRun';

/**
 * Pipelines and services of the entities that come from the forge.
 *
 * @internal
 */
export class Pipelines {
  constructor(
    private readonly deps: {
      entities: EntityFinder;
      forge: ForgeClient;
      isolation: Isolation;
      layout: Layout;
      queue: RunQueue;
      repositories: RepositoryStore;
      runs: RunStore;
      services: Services;
    },
  ) {}

  async describe(
    entity: Entity,
    options: { below?: number; limit: number; mayOperate: boolean },
  ): Promise<EntityPipeline> {
    const { runs } = this.deps;
    const { processes, notEnforced } = this.deps.isolation;
    const shared = {
      entityRef: stringifyEntityRef(entity),
      mayOperate: options.mayOperate,
      isolation: { processes, notEnforced },
    };
    const repository = await this.#find(entity);
    if (!repository) {
      return {
        ...shared,
        availability: 'no-repository',
        mayOperate: false,
        service: toService({ state: 'none' }),
        runs: [],
      };
    }
    // One more than asked for tells whether there is another page
    const found = await runs.list(repository.id, {
      below: options.below,
      limit: options.limit + 1,
    });
    const page = found.slice(0, options.limit);
    const stages = await runs.stagesOf(page.map(({ id }) => id));
    const waiting = found.length > 0 ? 'ready' : 'waiting-for-push';
    return {
      ...shared,
      availability: repository.has_scripts ? waiting : 'no-scripts',
      repository: {
        name: repository.name,
        url: repository.url,
        defaultBranch: repository.default_branch,
      },
      service: await this.#service(repository),
      runs: page.map(run =>
        toPipelineRun(run, stages.get(run.id) ?? [], repository.url),
      ),
      nextCursor:
        found.length > page.length
          ? String(page[page.length - 1].number)
          : undefined,
    };
  }

  async getRun(entity: Entity, number: number): Promise<PipelineRun> {
    const repository = await this.#require(entity);
    return this.#toRun(repository, await this.#requireRun(repository, number));
  }

  async stageLog(
    entity: Entity,
    request: { run: number; stage: string; from?: number },
  ): Promise<LogPart> {
    const { layout, runs } = this.deps;
    const repository = await this.#require(entity);
    const run = await this.#requireRun(repository, request.run);
    const stages = (await runs.stagesOf([run.id])).get(run.id) ?? [];
    const stage = stages.find(({ name }) => name === request.stage);
    if (!stage?.has_log) {
      throw new NotFoundError(
        `Run ${run.number} has no log of the stage ${request.stage}`,
      );
    }
    return readLog({
      path: layout.stageLog(repository.id, run.number, stage.name),
      from: request.from,
      isGrowing: stage.state === 'running',
    });
  }

  async serviceLog(entity: Entity, from?: number): Promise<LogPart> {
    const repository = await this.#require(entity);
    return readLog({
      path: this.deps.layout.serviceLog(repository.id),
      from,
      isGrowing: true,
    });
  }

  /** @throws ConflictError when there is nothing to run */
  async run(entity: Entity, by: string): Promise<PipelineRun> {
    const { forge, queue } = this.deps;
    const repository = await this.#require(entity);
    const { name, default_branch: branch } = repository;
    const head = await forge.getHead(name, branch);
    const files = head ? await forge.listFolder(name, 'ci', head.id) : [];
    if (!head || !hasScripts(files)) {
      throw new ConflictError(
        `There are no stage scripts in ci/ of the branch ${branch}`,
      );
    }
    const run = await queue.add({
      repositoryId: repository.id,
      commit: head,
      hasScripts: true,
      trigger: 'manual',
      triggeredBy: by,
    });
    return this.#toRun(repository, run);
  }

  /** @throws ConflictError when it has ended already */
  async cancel(
    entity: Entity,
    number: number,
    by: string,
  ): Promise<PipelineRun> {
    const repository = await this.#require(entity);
    const run = await this.#requireRun(repository, number);
    await this.deps.queue.cancel(run, by);
    return this.#toRun(repository, await this.#requireRun(repository, number));
  }

  async stop(entity: Entity, by: string): Promise<RunningService> {
    const repository = await this.#require(entity);
    await this.deps.services.stop(repository, by);
    return this.#service(await this.#require(entity));
  }

  async restart(entity: Entity): Promise<RunningService> {
    const repository = await this.#require(entity);
    await this.deps.services.restart(repository);
    return this.#service(await this.#require(entity));
  }

  async rollBack(
    entity: Entity,
    number: number,
    by: string,
  ): Promise<RunningService> {
    const repository = await this.#require(entity);
    const run = await this.#requireRun(repository, number);
    await this.deps.services.rollBack(repository, run, by);
    return this.#service(await this.#require(entity));
  }

  async #service(repository: RepositoryRow): Promise<RunningService> {
    const { runs, services } = this.deps;
    const status = services.status(repository);
    const run = status.run
      ? await runs.find(repository.id, status.run)
      : undefined;
    const builds = await runs.listBuilds(repository.id);
    const earlier = builds.find(({ number }) => number < (status.run ?? 0));
    return {
      ...toService(status),
      commit: run && toCommit(run, repository.url),
      rollBackTo: earlier?.number,
    };
  }

  async #toRun(repository: RepositoryRow, run: RunRow): Promise<PipelineRun> {
    const stages = await this.deps.runs.stagesOf([run.id]);
    return toPipelineRun(run, stages.get(run.id) ?? [], repository.url);
  }

  async #find(entity: Entity): Promise<RepositoryRow | undefined> {
    const { entities, repositories } = this.deps;
    const name = await entities.repositoryOf(entity);
    return name ? repositories.find(name) : undefined;
  }

  async #require(entity: Entity): Promise<RepositoryRow> {
    const repository = await this.#find(entity);
    if (!repository) {
      throw new NotFoundError(
        `${stringifyEntityRef(
          entity,
        )} does not come from a repository of the forge`,
      );
    }
    return repository;
  }

  async #requireRun(
    repository: RepositoryRow,
    number: number,
  ): Promise<RunRow> {
    const run = await this.deps.runs.find(repository.id, number);
    if (!run) {
      throw new NotFoundError(`${repository.name} has no run ${number}`);
    }
    return run;
  }
}

function toService(
  status: ReturnType<Services['status']>,
): Omit<RunningService, 'commit' | 'rollBackTo'> {
  return {
    ...status,
    environment: ENVIRONMENT,
    since:
      status.since === undefined
        ? undefined
        : new Date(status.since).toISOString(),
    hasLog: status.state !== 'none',
  };
}
