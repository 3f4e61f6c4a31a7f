import { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { CloudEvent } from './schemas/cloudEventSchema';

/**
 * An event about to be kept.
 *
 * @internal
 */
export interface NewEvent {
  envelope: CloudEvent;
  entityRef: string;
  receivedFrom: string;
  receivedAt: Date;
}

/**
 * The end of a page: what comes next happened earlier, or was accepted earlier.
 *
 * @internal
 */
export interface EventPosition {
  occurredAt: Date;
  /** Decimal, since it may not fit into a number. */
  sequence: string;
}

/**
 * Keeps events; none is ever changed.
 *
 * @internal
 */
export interface EventStore {
  /**
   * Writes the event, unless one with the same source and id is there.
   *
   * @returns the entity of the one that is there
   */
  add(
    event: NewEvent,
  ): Promise<{ duplicate: false } | { duplicate: true; entityRef: string }>;

  /**
   * Events of an entity, the latest first. A page holds fewer than asked for
   * where they are large.
   */
  list(options: {
    entityRef: string;
    limit: number;
    after?: EventPosition;
  }): Promise<{ items: DeliveryEvent[]; next?: EventPosition }>;
}
