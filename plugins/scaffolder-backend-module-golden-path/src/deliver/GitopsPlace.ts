import { LoggerService } from '@backstage/backend-plugin-api';
import { GitopsConfig, GoldenPathConfig } from '../config/GoldenPathConfig';
import { GitRepository } from '../git/GitRepository';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { repositoryAddress } from '../publish/repositoryAddress';
import { withTemporary } from '../temporary/withTemporary';
import { folderOf, isFolderOf } from './folder';

interface FolderQuestion {
  service: string;
  /** Address of the service's own repository. */
  serviceUrl: string;
  logger?: LoggerService;
  signal?: AbortSignal;
}

/**
 * Where services are handed to Argo CD, by the configuration.
 *
 * @internal
 */
export class GitopsPlace {
  static fromConfig(options: {
    config: GoldenPathConfig;
    getHost: (logger?: LoggerService) => RepositoryHost;
  }): GitopsPlace | undefined {
    const { config, getHost } = options;
    return (
      config.gitops &&
      new GitopsPlace(config.gitops, config.organization, getHost)
    );
  }

  /** Reference to the group that owns the repository. */
  readonly owner: string;

  /** Name of the repository, which no service can have. */
  readonly name: string;

  private constructor(
    config: GitopsConfig,
    private readonly organization: string | undefined,
    private readonly getHost: (logger?: LoggerService) => RepositoryHost,
  ) {
    this.owner = config.owner;
    this.name = config.repository;
  }

  address(): RepositoryAddress {
    return repositoryAddress({
      host: this.getHost().host,
      organization: this.organization,
      owner: this.owner,
      name: this.name,
    });
  }

  /** Address of the repository's page. */
  url(): string {
    return this.getHost().repositoryUrl(this.address());
  }

  /**
   * Why a service cannot have a name, if another one's folder has it. As a rule
   * that is one request.
   */
  async nameProblem(options: FolderQuestion): Promise<string | undefined> {
    const folder = await this.look(options);
    return !folder || folder.isOwn
      ? undefined
      : `'${options.service}' is taken: Argo CD runs another service of that name from ${folder.url}`;
  }

  /** Whether a service has its folder there. As a rule that is one request. */
  async holds(options: FolderQuestion): Promise<boolean> {
    return (await this.look(options))?.isOwn ?? false;
  }

  private async look(
    options: FolderQuestion,
  ): Promise<{ isOwn: boolean; url: string } | undefined> {
    const { service, serviceUrl, logger, signal } = options;
    const host = this.getHost(logger);
    const address = this.address();
    const path = folderOf(service);
    if (!(await host.listFolder({ address, path, signal }))) {
      return undefined;
    }
    const repository = await host.getRepository({ address, signal });
    if (!repository) {
      return undefined;
    }
    const branch = repository.defaultBranch;
    return withTemporary('gitops', async directory => {
      const git = await GitRepository.create({ directory, signal });
      const commit = await git.fetch({
        remote: await host.gitRemote(address),
        branch,
        depth: 1,
      });
      const content = await git.files(commit, [path]);
      return {
        isOwn: await isFolderOf({ git, commit, content, serviceUrl }),
        url: host.contentsUrl({ address, branch, path }),
      };
    });
  }
}
