import { RepositoryAddress } from '../hosts/RepositoryAddress';

/**
 * How far a delivery has come.
 *
 * - `delivering`: about to be committed; perhaps it is
 * - `delivered`: its commit has arrived, and its pull request is open
 * - `undoing`: being taken back
 * - `undone`: taken back on request
 *
 * @public
 */
export type DeliveryState = 'delivering' | 'delivered' | 'undoing' | 'undone';

/**
 * A service that a run brought to the GitOps repository, or was about to.
 *
 * @public
 */
export interface Delivery extends RepositoryAddress {
  id: string;
  taskId: string;
  /** Name of the service, and so of its folder. */
  service: string;
  /** Address of the service's own repository. */
  serviceUrl: string;
  /** The folder, or the pull request that brings it. */
  url: string;
  state: DeliveryState;
  /** The default branch of the GitOps repository. */
  base: string;
  /** That of the pull request; absent where the base takes commits. */
  branch?: string;
  /** As it was pushed last; written down before the push. */
  commit?: string;
  revision: number;
}

/**
 * Remembers what runs delivered, across crashes.
 *
 * @public
 */
export interface DeliveryStore {
  /**
   * Begins a delivery. A repeat returns the entry as it stands; one that was
   * undone starts again.
   *
   * @throws ConflictError while it is being undone
   */
  begin(
    delivery: Omit<Delivery, 'id' | 'state' | 'commit' | 'revision'>,
  ): Promise<Delivery>;

  /** The entries of one run. */
  list(options: { taskId: string }): Promise<Delivery[]>;

  /** Whether some run has delivered a service to a GitOps repository. */
  isDelivered(
    options: RepositoryAddress & { serviceUrl: string },
  ): Promise<boolean>;

  /**
   * Changes an entry as it was read.
   *
   * @throws ConflictError when somebody else changed it meanwhile
   */
  update(
    entry: Delivery,
    changes: Partial<Pick<Delivery, 'state' | 'commit' | 'url'>>,
  ): Promise<Delivery>;

  /**
   * Begins an undo: the entry becomes `undoing`, and a later retry of the task begins
   * at its first step.
   *
   * @throws ConflictError when somebody else changed it meanwhile
   */
  beginUndo(entry: Delivery): Promise<Delivery>;

  /**
   * Ends an undo: the entry becomes `undone`, and a later retry of the task
   * begins at its first step.
   */
  finishUndo(entry: Delivery): Promise<Delivery>;
}
