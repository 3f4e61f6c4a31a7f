import { DiscoveryService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  RepositoryRow,
  RepositoryStore,
} from '../repositories/RepositoryStore';
import { RunRow } from '../runs/RunStore';
import { Happening, toCloudEvent } from './cdEvent';
import { Outbox } from './Outbox';

/** The environment that this machine is. */
export const ENVIRONMENT = 'staging';

type Told = Pick<Happening, 'type' | 'subject'>;

/**
 * How a run or a stage ended, in the words of CDEvents.
 *
 * @internal
 */
export interface Result {
  outcome: 'success' | 'failure' | 'error' | 'cancel';
  errors?: string;
}

/**
 * Tells what happens to pipelines and services, as events.
 *
 * @internal
 */
export class PipelineReporter {
  readonly #discovery: DiscoveryService;
  readonly #outbox: Outbox;
  readonly #repositories: RepositoryStore;

  constructor(options: {
    discovery: DiscoveryService;
    outbox: Outbox;
    repositories: RepositoryStore;
  }) {
    this.#discovery = options.discovery;
    this.#outbox = options.outbox;
    this.#repositories = options.repositories;
  }

  async runStarted(repository: RepositoryRow, run: RunRow): Promise<void> {
    await this.#report(repository, run, source => [
      {
        type: 'pipelinerun.started',
        subject: {
          id: runId(run),
          content: {
            pipelineName: repository.name,
            uri: `${source}/runs/${run.number}`,
          },
        },
      },
    ]);
  }

  async runFinished(
    repository: RepositoryRow,
    run: RunRow,
    result: Result,
  ): Promise<void> {
    await this.#report(repository, run, source => [
      {
        type: 'pipelinerun.finished',
        subject: {
          id: runId(run),
          content: {
            pipelineName: repository.name,
            uri: `${source}/runs/${run.number}`,
            ...result,
          },
        },
      },
    ]);
  }

  async stageStarted(
    repository: RepositoryRow,
    run: RunRow,
    stage: string,
  ): Promise<void> {
    await this.#report(repository, run, () => [
      {
        type: 'taskrun.started',
        subject: {
          id: `${runId(run)}/${stage}`,
          content: { taskName: stage, pipelineRun: { id: runId(run) } },
        },
      },
    ]);
  }

  async stageFinished(
    repository: RepositoryRow,
    run: RunRow,
    stage: string,
    result: Result,
  ): Promise<void> {
    await this.#report(repository, run, () => [
      {
        type: 'taskrun.finished',
        subject: {
          id: `${runId(run)}/${stage}`,
          content: {
            taskName: stage,
            pipelineRun: { id: runId(run) },
            ...result,
          },
        },
      },
    ]);
  }

  async built(repository: RepositoryRow, run: RunRow): Promise<void> {
    await this.#report(repository, run, () => [
      {
        type: 'artifact.published',
        subject: { id: artifactId(repository, run), content: {} },
      },
    ]);
  }

  /**
   * Only once a build has answered that it is ready.
   *
   * @param how - what it did to the build before
   */
  async deployed(
    repository: RepositoryRow,
    run: RunRow,
    how: 'deployed' | 'upgraded' | 'rolledback',
    url: string,
  ): Promise<void> {
    const known = await this.#repositories.get(repository.id);
    const isFirst = !known?.environment_reported;
    const environment: Told = {
      type: 'environment.created',
      subject: { id: ENVIRONMENT, content: { name: ENVIRONMENT } },
    };
    await this.#report(
      repository,
      run,
      () => [
        ...(isFirst ? [environment] : []),
        {
          type: `service.${how}`,
          subject: {
            id: repository.name,
            content: {
              environment: { id: ENVIRONMENT },
              artifactId: artifactId(repository, run),
            },
          },
        },
      ],
      { url },
    );
    if (isFirst) {
      await this.#repositories.update(repository.id, {
        environment_reported: true,
      });
    }
  }

  async #report(
    repository: RepositoryRow,
    run: RunRow,
    tell: (source: string) => Told[],
    more: JsonObject = {},
  ): Promise<void> {
    const base = await this.#discovery.getExternalBaseUrl('forge-runner');
    const source = `${base}/${toPath(repository)}`;
    const time = Date.now();
    const customData: JsonObject = {
      commit: run.commit_id,
      repository: repository.url,
      run: run.number,
      ...more,
    };
    if (run.committed_at !== null) {
      customData.committedAt = new Date(Number(run.committed_at)).toISOString();
    }
    const chainId = run.chain_id;
    await this.#outbox.add(
      repository.id,
      tell(source).map(told =>
        toCloudEvent({ ...told, time, chainId, customData }, source),
      ),
    );
  }
}

function runId(run: RunRow): string {
  return run.chain_id;
}

/** A build as a package URL. It is on this machine only, hence `generic`. */
function artifactId(repository: RepositoryRow, run: RunRow): string {
  return `pkg:generic/${toPath(repository)}@${run.commit_id}`;
}

function toPath(repository: RepositoryRow): string {
  return repository.name.split('/').map(encodeURIComponent).join('/');
}
