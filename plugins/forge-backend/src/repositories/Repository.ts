/**
 * What the forge knows of a repository beside its content.
 *
 * @internal
 */
export interface Repository {
  /** Stable as long as the repository exists; a positive integer. */
  id: number;
  organization: string;
  name: string;
  description: string;
  defaultBranch: string;
  /** Whether nothing was pushed yet. */
  empty: boolean;
  createdAt: Date;
  /** Last change of a ref. */
  updatedAt: Date;
  /** Kilobytes of its packs. */
  size: number;
  /** What its refs were when it was made from a seed; only those are. */
  seededRefs?: string;
}

/** @internal */
export interface RepositoryName {
  organization: string;
  name: string;
}

/** @internal */
export interface NewRepository extends RepositoryName {
  description: string;
  defaultBranch: string;
}
