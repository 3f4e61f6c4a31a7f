import { TicketRow } from './TicketRow';

/**
 * Where questions to the platform team are worked on outside of the portal.
 *
 * @internal
 */
export interface IssueTracker {
  readonly kind: 'github' | 'webhook';

  /**
   * Opens an issue for a question; for one that has it already, finds it.
   *
   * @returns absent where the tracker does not say at once which one it is
   */
  open(row: TicketRow): Promise<{ key?: string; url?: string }>;
}
