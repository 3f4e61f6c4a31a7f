import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { GitRepository } from '../git/GitRepository';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { RunStore } from '../runs/RunStore';
import { claimGitopsRepository } from './claimGitopsRepository';
import { deliverChange } from './deliverChange';
import { deliverCommit } from './deliverCommit';
import { DeliveryStore } from './DeliveryStore';
import { folderOf } from './folder';
import { Turns } from './Turns';

/** @internal */
export interface DeliveryRequest {
  taskId: string;
  service: string;
  /** Address of the service's own repository. */
  serviceUrl: string;
  address: RepositoryAddress;
  /** The team of the group that owns the GitOps repository. */
  team: string;
  /** As the whole GitOps repository would be with this service alone. */
  files: ListedFile[];
  /** Lent for the work. */
  directory: string;
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * Brings services to the GitOps repository, from which Argo CD reads.
 *
 * A repeat by the same run, after an error or a crash at any point, finds what is
 * there and goes on from it.
 *
 * @internal
 */
export class Deliverer {
  constructor(
    private readonly options: {
      host: RepositoryHost;
      store: RunStore;
      deliveries: DeliveryStore;
      scmEvents: CatalogScmEventsService;
      author: GoldenPathConfig['author'];
      /** Those of this process; other replicas are raced against. */
      turns: Turns;
    },
  ) {}

  /** @returns the folder or the pull request, and the commit that brings it */
  async deliver(
    request: DeliveryRequest,
  ): Promise<{ url: string; commit: string }> {
    const { host, turns } = this.options;
    const { address, signal } = request;
    return turns.take({
      at: host.repositoryUrl(address),
      work: () => this.deliverInTurn(request),
      signal,
    });
  }

  private async deliverInTurn(
    request: DeliveryRequest,
  ): Promise<{ url: string; commit: string }> {
    const { host, store, deliveries, scmEvents, author } = this.options;
    const { taskId, service, serviceUrl, address, directory } = request;
    const { logger, signal } = request;
    const folder = folderOf(service);
    const isOfService = (file: ListedFile) =>
      file.path.startsWith(`${folder}/`);

    const gitDirectory = join(directory, 'gitops.git');
    await mkdir(gitDirectory, { recursive: true });
    const git = await GitRepository.create({ directory: gitDirectory, signal });
    const repository = await claimGitopsRepository({
      store,
      host,
      address,
      team: request.team,
      files: request.files.filter(file => !isOfService(file)),
      author,
      git,
      logger,
      signal,
    });
    const base = repository.defaultBranch;
    const folderUrl = host.contentsUrl({ address, branch: base, path: folder });
    const branch = host.reviewsChanges
      ? `waymark/deliver-${service}`
      : undefined;
    const entry = await deliveries.begin({
      ...address,
      taskId,
      service,
      serviceUrl,
      url: folderUrl,
      base,
      branch,
    });

    const context = {
      host,
      deliveries,
      entry,
      author,
      files: request.files.filter(isOfService),
      folderUrl,
      directory,
      git,
      logger,
      signal,
    };
    const result = branch
      ? await deliverChange({ ...context, branch })
      : await deliverCommit(context);
    await scmEvents.publish([
      { type: 'repository.created', url: repository.url },
    ]);
    return { url: result.entry.url, commit: result.commit };
  }
}
