/** @internal */
export interface TrackedTicket {
  id: string;
  /** What it counts for. */
  entityRef?: string;
}

/**
 * Questions of the portal that live on in an issue tracker.
 *
 * @internal
 */
export interface TrackedTickets {
  /**
   * The question that an issue was made for.
   *
   * @param issue - `key`: of the issue in its tracker, lower case; `reference`: the
   * id of the question as the issue says, which holds as long as the question has no
   * other issue
   */
  find(issue: {
    key: string;
    reference?: string;
  }): Promise<TrackedTicket | undefined>;

  /**
   * What became of it in the tracker.
   *
   * @param state - `closedAt`: milliseconds; null: it is open again; undefined:
   * nothing new about that
   */
  follow(
    ticketId: string,
    state: { key: string; url?: string; closedAt?: number | null },
  ): Promise<void>;
}
