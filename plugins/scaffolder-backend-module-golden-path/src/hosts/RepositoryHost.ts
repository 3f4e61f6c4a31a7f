import { RepositoryAddress } from './RepositoryAddress';

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
  /** The branch that a change is proposed to. */
  defaultBranch: string;
  /** True when it takes no changes any more. */
  archived: boolean;
}

/**
 * A group of the catalog, as far as a host finds its team by it.
 *
 * @public
 */
export interface OwningGroup {
  name: string;
  annotations?: Record<string, string>;
}

/**
 * A proposed change, for people to look at.
 *
 * @public
 */
export interface ProposedChange {
  /** Its page: a pull request, or the comparison of two branches. */
  url: string;
  /** Of the pull request, on a host that has them. */
  number?: number;
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
 * What came of protecting a branch.
 *
 * @public
 */
export type BranchProtection =
  | { applied: true; rules: string }
  /** The host has no protection for such a repository, or config wants none. */
  | { applied: false; reason: string };

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

  /**
   * What else may be the matter when something is not there; added to a message
   * that says so.
   */
  readonly absenceNote?: string;

  /**
   * Whether what several share is changed through pull requests here. Elsewhere a
   * change is committed to the default branch.
   */
  readonly reviewsChanges: boolean;

  /** The address of the repository's page, whether or not it exists. */
  repositoryUrl(address: HostAddress): string;

  /** The address for `git clone`, without credentials. */
  cloneUrl(address: HostAddress): string;

  /** The address of a file on a branch; without a path, of all its files. */
  contentsUrl(options: {
    address: HostAddress;
    branch: string;
    path?: string;
  }): string;

  /**
   * Reads the address of a repository's page, or the one for `git clone`.
   *
   * @returns undefined when it is none of this host
   */
  parseRepositoryUrl(url: string): HostAddress | undefined;

  /**
   * The name of the group's team in an organization, whether or not it exists.
   *
   * @throws InputError when the group says that its team is elsewhere
   */
  teamName(options: { group: OwningGroup; organization: string }): string;

  /** @throws InputError when the host writes the name in another way */
  organizationExists(options: {
    organization: string;
    signal?: AbortSignal;
  }): Promise<boolean>;

  /** Absent on hosts that give no access to teams. */
  teamExists?(options: {
    organization: string;
    team: string;
    signal?: AbortSignal;
  }): Promise<boolean>;

  getRepository(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<HostedRepository | undefined>;

  /**
   * What is in a folder on the default branch, by name.
   *
   * @returns undefined when there is no such folder, or no repository
   */
  listFolder(options: {
    address: HostAddress;
    path: string;
    signal?: AbortSignal;
  }): Promise<string[] | undefined>;

  /**
   * Looks whether a repository that the host says is not there may only be out
   * of the credentials' sight. Absent on hosts that answer the two differently.
   *
   * @returns why nobody can tell; undefined when it is gone
   */
  doubtAbsence?(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<string | undefined>;

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

  /** Good for one use: credentials of some hosts last for minutes. */
  gitRemote(address: HostAddress): Promise<GitRemote>;

  /**
   * Makes a branch the default one. Absent on hosts that take it at creation.
   */
  setDefaultBranch?(options: {
    address: HostAddress;
    branch: string;
    signal?: AbortSignal;
  }): Promise<void>;

  /**
   * Gives a team access to the repository, which may have it already. Absent
   * on hosts that give no access to teams.
   *
   * @returns what was granted, in words; undefined when config says none
   * @throws NotFoundError when there is no such team
   */
  grantTeamAccess?(options: {
    address: HostAddress;
    team: string;
    signal?: AbortSignal;
  }): Promise<string | undefined>;

  /**
   * Demands reviewed changes on a branch, in place of what was demanded before.
   * Absent on hosts without branch protection.
   *
   * @param options - `checks` are the names of what has to pass
   */
  protectBranch?(options: {
    address: HostAddress;
    branch: string;
    checks: string[];
    signal?: AbortSignal;
  }): Promise<BranchProtection>;

  /**
   * Asks for a branch to be merged. Finds what was asked before.
   */
  openChange(options: ChangeRequest): Promise<ProposedChange>;

  /** Whether a pull request is neither merged nor closed. */
  isChangeOpen(options: {
    address: HostAddress;
    number: number;
    signal?: AbortSignal;
  }): Promise<boolean>;

  /**
   * Closes what was asked for a branch, unmerged; nothing asked is no error.
   * Absent on hosts where changes are committed.
   */
  closeChange?(
    options: Pick<ChangeRequest, 'address' | 'branch' | 'base' | 'signal'>,
  ): Promise<void>;

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
 * What is asked to be merged.
 *
 * @public
 */
export interface ChangeRequest {
  address: HostAddress;
  branch: string;
  /** The branch to merge it into. */
  base: string;
  title: string;
  description: string;
  signal?: AbortSignal;
}

/**
 * A repository within its host.
 *
 * @public
 */
export type HostAddress = Pick<RepositoryAddress, 'organization' | 'name'>;
