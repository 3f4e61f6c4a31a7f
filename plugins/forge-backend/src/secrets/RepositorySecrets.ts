import { RepositoryName } from '../repositories/Repository';

/**
 * A secret as it is listed: never with its value.
 *
 * @internal
 */
export interface ListedSecret {
  name: string;
  createdAt: Date;
}

/**
 * What the pipelines of repositories need and nobody else may read. There is no
 * way to a value over HTTP, nor in Git.
 *
 * All methods throw NotFoundError when there is no such repository.
 *
 * @internal
 */
export interface RepositorySecrets {
  /** In the order of their names. */
  list(repository: RepositoryName): Promise<ListedSecret[]>;

  /**
   * Stores a secret, in place of one of the same name.
   *
   * @returns whether there was none of that name
   * @throws ConflictError when the repository has too many
   */
  put(
    repository: RepositoryName,
    secret: { name: string; value: string },
  ): Promise<boolean>;

  /** @throws NotFoundError when there is no such secret */
  delete(repository: RepositoryName, name: string): Promise<void>;

  /** Forgets all secrets of a repository that is about to be deleted. */
  clear(repository: RepositoryName): Promise<void>;

  /**
   * All values by name, for what runs the repository's pipeline on this machine.
   *
   * @throws Error when one cannot be opened, because the forge has another
   * password by now
   */
  read(repository: RepositoryName): Promise<Map<string, string>>;
}
