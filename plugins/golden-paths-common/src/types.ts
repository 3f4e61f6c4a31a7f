/**
 * The body of an event in the vocabulary of
 * {@link https://cdevents.dev | CDEvents} 0.5.
 *
 * @public
 */
export interface CdEvent {
  /** What the event is and where it comes from. */
  context: {
    /** Version of the specification, `0.5.x`. */
    specversion: string;
    id: string;
    /** URI reference of what sent it. */
    source: string;
    /** `dev.cdevents.<subject>.<predicate>.<version>` */
    type: string;
    /** When it happened, RFC 3339. */
    timestamp: string;
    chainId?: string;
    schemaUri?: string;
    links?: Record<string, unknown>[];
  };
  /** What it happened to. */
  subject: {
    id: string;
    source?: string;
    content: Record<string, unknown>;
  };
  /** Whatever the sender adds; a string is base64. */
  customData?: Record<string, unknown> | string;
  customDataContentType?: string;
}

/**
 * An event as the portal keeps it: never changed, once per `source` and `id`.
 *
 * @public
 */
export interface DeliveryEvent {
  /** Unique together with the source. */
  id: string;
  /** URI reference of what sent it. */
  source: string;
  /** `dev.cdevents.<subject>.<predicate>.<version>` */
  type: string;
  /** The entity it speaks for; it need not be in the catalog. Absent: it matches none. */
  entityRef?: string;
  /** Whether its sender saw what it reports, or only claims it. */
  observed: boolean;
  /** Whether it belongs to the sample organisation. */
  sample: boolean;
  /** Id of what it happened to. */
  subjectId: string;
  /** When it happened as the sender says, ISO 8601. */
  occurredAt: string;
  /** When the portal accepted it, ISO 8601. */
  receivedAt: string;
  /** Who sent it: a person's entity ref or the subject of a CI credential. */
  receivedFrom: string;
  /** The event itself. */
  data: CdEvent;
}

/**
 * Answer to one event at `POST /api/golden-paths/events`.
 *
 * @public
 */
export interface AcceptedEvent {
  id: string;
  source: string;
  /** Absent: it matches no entity so far. */
  entityRef?: string;
  /** True when it had been accepted before; nothing was changed. */
  duplicate: boolean;
}

/**
 * What became of one event of a batch.
 *
 * @public
 */
export type EventResult =
  | {
      /** `duplicate`: it had been accepted before, and nothing was changed. */
      status: 'accepted' | 'duplicate';
      id: string;
      source: string;
      /** Absent: it matches no entity so far. */
      entityRef?: string;
    }
  | { status: 'rejected'; error: { name: string; message: string } };

/**
 * Answer to a batch of events: what became of each, in their order.
 *
 * @public
 */
export interface EventResults {
  items: EventResult[];
}

/**
 * Answer to `GET /api/golden-paths/events`, the latest first.
 *
 * @public
 */
export interface DeliveryEventList {
  items: DeliveryEvent[];
  /** For the next page; none on the last one. */
  nextCursor?: string;
}
