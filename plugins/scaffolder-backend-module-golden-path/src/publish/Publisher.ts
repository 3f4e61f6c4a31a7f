import { join } from 'node:path';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { PipelineCredentials } from '../credentials/PipelineCredentials';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { withScratch } from '../files/withScratch';
import { GitRepository } from '../git/GitRepository';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { RunRepository, RunStore } from '../runs/RunStore';
import { assertDefaultBranch } from './assertDefaultBranch';
import { claimRepository } from './claimRepository';
import { commitGenerated } from './commitGenerated';
import { listGenerated } from './listGenerated';
import { TEMPLATE_BRANCH } from './provenance';
import { PublishRequest } from './PublishRequest';
import { repositoryAddress } from './repositoryAddress';
import { settleRepository } from './settleRepository';

/**
 * Where a published repository is found.
 *
 * @internal
 */
export interface PublishedAddresses {
  repositoryUrl: string;
  cloneUrl: string;
  repoContentsUrl: string;
  catalogInfoUrl: string;
}

/**
 * Brings a workspace to a repository of its own.
 *
 * A repeat by the same run, after an error or a crash at any point, finds what
 * is there and goes on from it.
 *
 * @internal
 */
export class Publisher {
  constructor(
    private readonly options: {
      host: RepositoryHost;
      store: RunStore;
      scmEvents: CatalogScmEventsService;
      config: GoldenPathConfig;
      credentials: PipelineCredentials;
    },
  ) {}

  /**
   * Tells where a repository would go.
   *
   * @throws InputError naming the field
   */
  addresses(
    request: Pick<PublishRequest, 'name' | 'owner' | 'defaultBranch'>,
  ): PublishedAddresses {
    const { host } = this.options;
    const branch = request.defaultBranch;
    const address = this.address(request);
    return {
      repositoryUrl: host.repositoryUrl(address),
      cloneUrl: host.cloneUrl(address),
      repoContentsUrl: host.contentsUrl({ address, branch }),
      catalogInfoUrl: host.contentsUrl({
        address,
        branch,
        path: 'catalog-info.yaml',
      }),
    };
  }

  /** @returns the head of the default branch, and where the repository is */
  async publish(
    request: PublishRequest,
  ): Promise<PublishedAddresses & { commit: string }> {
    const { host, store, scmEvents } = this.options;
    const { taskId, workspacePath, defaultBranch, logger, signal } = request;
    const address = this.address(request);
    const team = host.teamName({
      group: request.group,
      organization: address.organization,
    });
    const files = await listGenerated(workspacePath);

    const claimed = await claimRepository({
      store,
      host,
      taskId,
      address,
      description: request.description,
      defaultBranch,
      assertFree: request.assertFree,
      signal,
    });
    logger.info(`Repository ${claimed.entry.url}`);

    // Before the push, which may start a pipeline
    await this.options.credentials.provide({
      host,
      address,
      url: claimed.entry.url,
      entityRef: stringifyEntityRef({ kind: 'Component', name: request.name }),
      logger,
      signal,
    });

    const pushed = await withScratch(workspacePath, 'publish', directory =>
      this.push({ request, ...claimed, files, directory }),
    );
    const entry = await settleRepository({
      host,
      store,
      entry: pushed,
      team,
      files,
      logger,
      signal,
    });
    await scmEvents.publish([
      { type: 'repository.created', url: entry.url },
      // Before an undo there was one of the same name: the catalog may have
      // tried to read it while it was away, and would not be back for minutes
      { type: 'repository.updated', url: entry.url },
    ]);

    return { ...this.addresses(request), commit: entry.commit ?? '' };
  }

  private address(
    request: Pick<PublishRequest, 'name' | 'owner' | 'defaultBranch'>,
  ): RepositoryAddress {
    const { host, config } = this.options;
    assertDefaultBranch(request.defaultBranch);
    return repositoryAddress({
      host: host.host,
      organization: config.organization,
      owner: request.owner,
      name: request.name,
    });
  }

  private async push(options: {
    request: PublishRequest;
    entry: RunRepository;
    empty: boolean;
    files: ListedFile[];
    directory: string;
  }): Promise<RunRepository> {
    const { request, files, directory } = options;
    const { host, store, config } = this.options;
    const { defaultBranch, logger, signal } = request;
    const remote = await host.gitRemote(options.entry);
    const git = await GitRepository.create({
      directory: join(directory, 'repository.git'),
      signal,
    });

    const before = options.empty
      ? new Map<string, string>()
      : await git.listRemoteRefs(remote);
    if (isPushed(options.entry, before)) {
      logger.info('Pushed already by this run');
      return markPublished(store, options.entry);
    }
    if (before.size > 0) {
      throw new ConflictError(
        `name: the repository ${options.entry.url} holds commits that this run did not make; choose another name`,
      );
    }

    const commits = await commitGenerated({
      request,
      files,
      git,
      author: config.author,
      // The same at every attempt, and so are the ids of the commits
      date: options.entry.startedAt,
    });
    // Written down first: whoever finds these commits on the host later knows
    // whose they are
    const entry = await store.update(options.entry, {
      ...commits,
      templateRef: request.template || undefined,
      templateVersion: request.version,
    });
    logger.info(`Pushing ${files.length} files to ${defaultBranch}`);
    try {
      await git.push({ remote, branches: [TEMPLATE_BRANCH, defaultBranch] });
    } catch (error) {
      // The answer may be all that was lost
      const after = await git.listRemoteRefs(remote).catch(() => undefined);
      if (!after || !isPushed(entry, after)) {
        throw error;
      }
    }
    return markPublished(store, entry);
  }
}

function isPushed(entry: RunRepository, refs: Map<string, string>): boolean {
  return (
    entry.templateCommit !== undefined &&
    refs.get(`refs/heads/${TEMPLATE_BRANCH}`) === entry.templateCommit
  );
}

async function markPublished(
  store: RunStore,
  entry: RunRepository,
): Promise<RunRepository> {
  return entry.state === 'published'
    ? entry
    : store.update(entry, { state: 'published' });
}
