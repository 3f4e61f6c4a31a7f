import { CdEvent } from '@waymark/plugin-golden-paths-common';

/**
 * An event that was checked, from somebody who may report it.
 *
 * @internal
 */
export interface IncomingEvent {
  event: CdEvent;
  /** Extension attributes of the CloudEvent it came in. */
  extensions?: Record<string, string | number | boolean>;
  /** As its sender says, a full ref; absent: to be found by what it is about. */
  entityRef?: string;
  /**
   * The entity by whose right its sender may speak at all; absent: it may speak for
   * every one. The same source and id from two of them are two events, so that nobody
   * takes the ids of another.
   */
  authority?: string;
  /** A person's entity ref, `ci:…`, `plugin:…` or the name of an adapter. */
  receivedFrom: string;
  /** Its sender saw what it reports. */
  observed: boolean;
  sample: boolean;
}

/**
 * What became of an event.
 *
 * @internal
 */
export interface IntakeVerdict {
  /** It was accepted before, and nothing was changed. */
  duplicate: boolean;
  /** Of the event as it is stored; absent: it matches no entity so far. */
  entityRef?: string;
}

/**
 * The one way in for everything that happened.
 *
 * @internal
 */
export interface EventIntake {
  /**
   * Writes events, each once per source, id and authority, and what has to be derived
   * anew, in one transaction.
   *
   * @returns a verdict for each, in their order
   */
  accept(events: IncomingEvent[]): Promise<IntakeVerdict[]>;
}
