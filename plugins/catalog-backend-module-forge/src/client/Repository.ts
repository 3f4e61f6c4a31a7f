/**
 * A repository as the host describes it.
 *
 * @internal
 */
export interface Repository extends RepositoryName {
  description: string;
  /** Whether nothing was pushed to it yet. */
  empty: boolean;
  /** Whether the host keeps it for reading only. */
  archived: boolean;
  defaultBranch: string;
  /** When the host last saw it change, as the host writes it. */
  updatedAt: string;
}

/** @internal */
export interface RepositoryName {
  owner: string;
  name: string;
}

/**
 * Whether an owner or a repository can have this name, by Gitea's own rule.
 *
 * @internal
 */
export function isHostName(name: string): boolean {
  return /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(name);
}

/**
 * The same for two spellings of one repository: hosts ignore case in names.
 *
 * @internal
 */
export function repositoryKey(repository: RepositoryName): string {
  return `${repository.owner}/${repository.name}`.toLocaleLowerCase('en-US');
}
