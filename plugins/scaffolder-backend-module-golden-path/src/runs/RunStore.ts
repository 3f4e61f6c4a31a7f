import { RepositoryAddress } from '../hosts/RepositoryAddress';

/**
 * How far a repository of a run has come.
 *
 * - `creating`: reserved; the host may or may not have been asked
 * - `created`: exists on the host, perhaps still empty
 * - `published`: holds what the run generated
 * - `undoing`: being deleted
 * - `undone`: deleted on request
 * - `released`: found to be gone from the host; the address is free again
 *
 * @public
 */
export type RunRepositoryState =
  | 'creating'
  | 'created'
  | 'published'
  | 'undoing'
  | 'undone'
  | 'released';

/**
 * One repository that a run created or was about to create.
 *
 * @public
 */
export interface RunRepository extends RepositoryAddress {
  id: string;
  taskId: string;
  url: string;
  state: RunRepositoryState;
  /** The host's own id of the repository, once known. */
  repositoryId?: string;
  defaultBranch: string;
  /** Head of the branch that holds what was generated. */
  templateCommit?: string;
  /** What that was generated from. */
  templateRef?: string;
  templateVersion?: string;
  /** Head of the default branch as the run pushed it. */
  commit?: string;
  /** When the run first came here: the date of its commits. */
  startedAt: Date;
  /** When the host was last asked to create it. */
  intendedAt?: Date;
  /** What was set up on the host after the push, by the names of the steps. */
  settled: string[];
  revision: number;
}

/**
 * The outcome of a reservation: the run's own entry, or the entry of the run
 * that holds the address already, or is under way with the same name in another
 * organization: in the catalog there is room for one of them.
 *
 * @public
 */
export type Reservation =
  | { held: false; entry: RunRepository }
  | { held: true; holder: RunRepository };

/**
 * Remembers what runs create, across crashes.
 *
 * @public
 */
export interface RunStore {
  /**
   * Reserves an address for a run. A repeat returns the entry as it stands; an
   * entry that was undone or released starts again.
   *
   * @throws ConflictError while the run's repository is being undone
   */
  reserve(options: {
    taskId: string;
    address: RepositoryAddress;
    url: string;
    defaultBranch: string;
  }): Promise<Reservation>;

  /** The entries of one run, in the order of their addresses. */
  list(options: { taskId: string }): Promise<RunRepository[]>;

  /**
   * Changes an entry as it was read.
   *
   * @throws ConflictError when somebody else changed it meanwhile
   */
  update(
    entry: RunRepository,
    changes: Partial<
      Pick<
        RunRepository,
        | 'state'
        | 'repositoryId'
        | 'templateCommit'
        | 'templateRef'
        | 'templateVersion'
        | 'commit'
        | 'intendedAt'
        | 'defaultBranch'
        | 'settled'
      >
    >,
  ): Promise<RunRepository>;

  /** Forgets a reservation that led to nothing. */
  remove(entry: RunRepository): Promise<void>;

  /**
   * Begins an undo: the entry becomes `undoing`, and a later retry of the task begins
   * at its first step, since what the others made is about to go.
   *
   * @throws ConflictError when somebody else changed it meanwhile
   */
  beginUndo(entry: RunRepository): Promise<RunRepository>;

  /**
   * Ends an undo: the entry becomes `undone`, and a later retry of the task
   * begins at its first step.
   */
  finishUndo(entry: RunRepository): Promise<RunRepository>;
}
