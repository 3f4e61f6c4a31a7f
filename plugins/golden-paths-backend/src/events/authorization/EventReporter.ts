/**
 * What an event says of itself.
 *
 * @internal
 */
export interface EventClaim {
  /** A full entity ref; absent: to be found by what the event is about. */
  entityRef: string | undefined;
  source: string;
  /** It is made up. */
  sample: boolean;
}

/**
 * What its sender may do with it.
 *
 * @internal
 */
export interface EventRight {
  entityRef: string | undefined;
  /**
   * By whose right: the entity, or nothing for senders who may speak for all. Of two
   * who do not share it, neither can take the ids of the other, whatever source each
   * of them names.
   */
  authority: string;
  /** The sender saw it. */
  observed: boolean;
}

/**
 * Somebody who reports events.
 *
 * @internal
 */
export interface EventReporter {
  /** What is kept as the sender of an event. */
  readonly receivedFrom: string;
  /**
   * Decides for all events of a request together.
   *
   * @returns for each claim, in their order, the right or the reason why not
   */
  decide(claims: EventClaim[]): Promise<(EventRight | Error)[]>;
}
