import { GitRepository } from '../git/GitRepository';
import { NewRepository, Repository, RepositoryName } from './Repository';

/**
 * Puts content into a repository that nobody can see yet.
 *
 * @internal
 */
export type FillRepository = (
  draft: GitRepository,
) => Promise<Pick<Repository, 'seededRefs'>>;

/** @internal */
export interface RepositoryStore {
  /** Organisations that have a repository, in the order of their names. */
  organizations(): Promise<string[]>;

  /**
   * Repositories, in the order of organisation and name.
   */
  list(options: {
    organization?: string;
    /** Keeps those whose full name contains this text. */
    query?: string;
    skip: number;
    limit: number;
  }): Promise<{ repositories: Repository[]; total: number }>;

  /**
   * @throws NotFoundError when there is no such repository
   */
  get(name: RepositoryName): Promise<Repository>;

  /**
   * Access to the content of a repository.
   *
   * @throws NotFoundError when there is no such repository
   */
  open(name: RepositoryName): Promise<GitRepository>;

  /**
   * Creates a repository, an empty one unless something fills it: wholly, or not
   * at all.
   *
   * @throws ConflictError when there is one of that name, in whatever case
   */
  create(repository: NewRepository, fill?: FillRepository): Promise<Repository>;

  /**
   * @throws NotFoundError when there is no such repository
   */
  delete(name: RepositoryName): Promise<void>;

  /**
   * To be asked after a push, which may outlive its repository: Git then makes
   * folders again that were removed. They are removed once more.
   *
   * @throws NotFoundError when the repository was deleted meanwhile
   */
  requireIntact(name: RepositoryName): Promise<void>;
}
