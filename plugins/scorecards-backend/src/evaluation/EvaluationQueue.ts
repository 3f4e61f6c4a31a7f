/**
 * The subjects that are due, and those who evaluate them. What is due stands in
 * `subjects.due_at`: there is nothing in memory that a crash could lose.
 *
 * @internal
 */
export interface EvaluationQueue {
  /**
   * There may be something to do: call it after the transaction that set
   * `due_at`. Without it, the queue looks once a second.
   */
  wake(): void;
  /**
   * Evaluates subjects at once, whether they are due or not, and returns when
   * their outcomes are stored. Those that left the catalog are passed over.
   */
  evaluateNow(subjectIds: readonly number[]): Promise<void>;
  /** Ends when what has begun is stored. */
  stop(): Promise<void>;
}
