import { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { EntityFilter } from '@waymark/backend-support';

/**
 * Which events are listed.
 *
 * @internal
 */
export interface EventSelection {
  /** Of one entity; of none that is in the catalog; or of all that one may see. */
  of: { entityRef: string } | 'unmatched' | { filters: EntityFilter[] };
  /** The type, or the beginning of it up to a dot. */
  type?: string;
  source?: string;
  eventId?: string;
  /** Id of the environment that an event names. */
  environment?: string;
  observed?: boolean;
  /** Milliseconds; what happened then or later. */
  from?: number;
  /** Milliseconds; what happened before. */
  to?: number;
}

/**
 * The end of a page: what comes next happened earlier, or was accepted earlier.
 *
 * @internal
 */
export interface EventPosition {
  /** Milliseconds. */
  occurredAt: number;
  /** Decimal, since it may not fit into a number. */
  sequence: string;
}

/**
 * Shows the events that were accepted.
 *
 * @internal
 */
export interface EventList {
  /**
   * Events, the latest first. A page holds fewer than asked for where they are large.
   */
  list(options: {
    selection: EventSelection;
    limit: number;
    after?: EventPosition;
  }): Promise<{ items: DeliveryEvent[]; next?: EventPosition }>;
}
