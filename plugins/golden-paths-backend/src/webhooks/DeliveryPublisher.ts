import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { DeliveryStore, NewDelivery, PendingDelivery } from './DeliveryStore';

/** How long a replica may take to publish before another one does it. */
const LEASE_MS = 60_000;

/** What one pass takes over at most. */
const BATCH = 100;

const MAX_ATTEMPTS = 8;

/** Half a minute, one, two … half an hour at most. */
function backoffMs(attempts: number): number {
  return Math.min(30_000 * 2 ** (attempts - 1), 30 * 60_000);
}

/**
 * Takes out of a delivery what it says of services; for the same one again it does
 * nothing.
 *
 * @internal
 */
export interface DeliveryAdapter {
  take(delivery: {
    event: string | undefined;
    payload: unknown;
  }): Promise<void>;
}

/**
 * Publishes each delivery on the events service, at least once: it is written
 * first, and what a crash kept from being published is published later.
 *
 * @internal
 */
export class DeliveryPublisher {
  readonly #adapter: DeliveryAdapter;
  readonly #store: DeliveryStore;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #running = new Set<Promise<unknown>>();
  #started = false;

  constructor(options: {
    adapter: DeliveryAdapter;
    store: DeliveryStore;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#adapter = options.adapter;
    this.#store = options.store;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  /**
   * To be called once everybody has subscribed: an event that nobody hears is
   * lost. What was accepted until then is published now.
   */
  start(): void {
    this.#started = true;
    this.#inBackground(
      this.publishDue().catch(error => {
        this.#logger.warn(
          `Webhooks of before the start are still to be published: ${stringifyError(
            error,
          )}`,
        );
      }),
    );
  }

  /**
   * Writes a delivery. Publishing starts afterwards and is not waited for.
   */
  async accept(
    delivery: NewDelivery,
  ): Promise<{ accepted: true } | { accepted: false; acceptedAt: Date }> {
    const started = this.#started;
    const { now, leaseUntil } = this.#lease();
    const result = await this.#store.accept(delivery, {
      now,
      leaseUntil: started ? leaseUntil : now,
    });
    if (!result.accepted) {
      return result;
    }
    if (started) {
      this.#inBackground(this.#publish(result.pending));
    }
    return { accepted: true };
  }

  /** Publishes what should have been published and was not. */
  async publishDue(signal?: AbortSignal): Promise<number> {
    let published = 0;
    while (this.#started) {
      const due = await this.#store.claimDue({
        ...this.#lease(),
        limit: BATCH,
      });
      for (const delivery of due) {
        await this.#publish(delivery);
        published += 1;
      }
      if (due.length < BATCH || signal?.aborted) {
        break;
      }
    }
    return published;
  }

  /** Waits for what has been begun. */
  async stop(): Promise<void> {
    await Promise.all(this.#running);
  }

  #inBackground(work: Promise<unknown>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #lease() {
    const now = new Date();
    return { now, leaseUntil: new Date(now.getTime() + LEASE_MS) };
  }

  async #publish(delivery: PendingDelivery): Promise<void> {
    const { body, metadata } = delivery;
    try {
      const payload = JSON.parse(body);
      // What it says of deliveries is kept before others hear of it: they are told at
      // most once, and this may be repeated
      await this.#adapter.take({ event: metadata['x-github-event'], payload });
      await this.#events.publish({
        topic: 'github',
        eventPayload: payload,
        metadata,
      });
      await this.#store.markPublished(delivery.id, { now: new Date() });
    } catch (error) {
      await this.#postpone(delivery, error);
    }
  }

  async #postpone(delivery: PendingDelivery, error: unknown): Promise<void> {
    const { id, deliveryId, attempts } = delivery;
    const last = attempts >= MAX_ATTEMPTS;
    this.#logger.warn(
      `The webhook delivery ${deliveryId} could not be published${
        last ? ', and will not be tried again' : ''
      }: ${stringifyError(error)}`,
    );
    try {
      await this.#store.markFailed(id, {
        error: stringifyError(error),
        nextAttemptAt: last
          ? undefined
          : new Date(Date.now() + backoffMs(attempts)),
      });
    } catch (storeError) {
      // It is tried again as soon as the lease has run out
      this.#logger.warn(
        `The state of the webhook delivery ${deliveryId} could not be written: ${stringifyError(
          storeError,
        )}`,
      );
    }
  }
}
