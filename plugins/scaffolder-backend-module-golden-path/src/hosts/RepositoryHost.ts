import { RepositoryAddress } from '../runs/RunStore';

/**
 * A repository as its host describes it.
 *
 * @public
 */
export interface HostedRepository {
  /** The host's own id: tells a repository from a later one of the same name. */
  id: string;
  /** Address of its page, without a trailing slash. */
  url: string;
  /** True while nothing was pushed. */
  empty: boolean;
  createdAt: Date;
}

/**
 * How Git reaches a repository.
 *
 * @public
 */
export interface GitRemote {
  url: string;
  /** Sent as a header; never written to a file or an argument. */
  authorization?: string;
}

/**
 * A place that holds repositories. One implementation per kind of host; what
 * the hosts do differently ends here.
 *
 * All methods throw errors that name the host and never hold a credential:
 * `ServiceUnavailableError` when it does not answer or answers nonsense,
 * `NotAllowedError` when it refuses the configured credentials.
 *
 * @public
 */
export interface RepositoryHost {
  /** The entry of the `integrations` config, such as `localhost:7007`. */
  readonly host: string;

  /** The address of the repository's page, whether or not it exists. */
  repositoryUrl(address: HostAddress): string;

  /** The address of a file or folder on a branch. */
  contentsUrl(options: {
    address: HostAddress;
    branch: string;
    path?: string;
  }): string;

  organizationExists(options: {
    organization: string;
    signal?: AbortSignal;
  }): Promise<boolean>;

  getRepository(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<HostedRepository | undefined>;

  /**
   * Creates an empty repository.
   *
   * @throws ConflictError when there is one of that name
   * @throws InputError when the host refuses a field
   * @throws NotFoundError when there is no such organization
   */
  createRepository(options: {
    address: HostAddress;
    description: string;
    defaultBranch: string;
    signal?: AbortSignal;
  }): Promise<HostedRepository>;

  /** Deletes a repository; one that is gone already is no error. */
  deleteRepository(options: { address: HostAddress }): Promise<void>;

  gitRemote(address: HostAddress): GitRemote;

  /**
   * Stores a secret for the repository's pipeline, in place of one of the same
   * name. Absent on hosts whose pipelines prove who they are without one.
   *
   * @throws NotFoundError when the repository is gone, or the host keeps no
   * secrets
   */
  setSecret?(options: {
    address: HostAddress;
    /** Capital letters, digits and underscores, such as `WAYMARK_TOKEN`. */
    name: string;
    value: string;
    signal?: AbortSignal;
  }): Promise<void>;
}

/**
 * A repository within its host.
 *
 * @public
 */
export type HostAddress = Pick<RepositoryAddress, 'organization' | 'name'>;
