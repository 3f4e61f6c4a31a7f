/**
 * A webhook whose signature was found right.
 *
 * @internal
 */
export interface NewDelivery {
  sender: 'github';
  /** The sender's id of this delivery. Not signed. */
  deliveryId: string;
  /** SHA-256 of the body in hexadecimal. */
  digest: string;
  /** Kind of event, such as `push`. Not signed. */
  event: string;
  /** Headers that subscribers want to know, names in lower case. */
  metadata: Record<string, string>;
  /** As it was signed. */
  body: string;
}

/**
 * A webhook that is still to be published.
 *
 * @internal
 */
export interface PendingDelivery {
  id: string;
  deliveryId: string;
  metadata: Record<string, string>;
  body: string;
  /** How often it was tried to publish it, the present one included. */
  attempts: number;
}

/**
 * Keeps webhooks from before they are acknowledged until they are published,
 * and longer than that what is needed to know them again.
 *
 * @internal
 */
export interface DeliveryStore {
  /**
   * Writes the delivery, unless one with the same id or the same body is
   * there. Until `leaseUntil` it is the caller's to publish.
   */
  accept(
    delivery: NewDelivery,
    options: { now: Date; leaseUntil: Date },
  ): Promise<
    | { accepted: true; pending: PendingDelivery }
    | { accepted: false; acceptedAt: Date }
  >;

  /** Takes over deliveries that nobody is publishing. */
  claimDue(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<PendingDelivery[]>;

  /** It was published: its body goes. */
  markPublished(id: string, options: { now: Date }): Promise<void>;

  /** It was not published; without a next attempt it is given up. */
  markFailed(
    id: string,
    options: { error: string; nextAttemptAt?: Date },
  ): Promise<void>;

  /** Forgets bodies and whole deliveries that were received before then. */
  purge(options: {
    bodiesBefore: Date;
    deliveriesBefore: Date;
  }): Promise<{ bodies: number; deliveries: number }>;
}
