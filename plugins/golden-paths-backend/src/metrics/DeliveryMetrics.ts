import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';

/** Seconds. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What became of an event. */
export type EventResult = 'accepted' | 'duplicate' | 'unmatched' | 'failed';

/**
 * What is measured. Names and labels are part of the product: dashboards and
 * alerts read them. Every label has few values, whatever callers send.
 *
 * @internal
 */
export class DeliveryMetrics {
  readonly #events;
  readonly #intake;
  readonly #metrics: MetricsService;

  constructor(options: { metrics: MetricsService }) {
    const { metrics } = options;
    this.#metrics = metrics;
    this.#events = metrics.createCounter<{ result: EventResult }>(
      'golden-paths.events.received',
      {
        description:
          'Events that could be read, from everywhere, and what became of them',
      },
    );
    this.#intake = metrics.createHistogram('golden-paths.intake.duration', {
      description: 'Time to store a batch of events',
      unit: 's',
      advice: { explicitBucketBoundaries: DURATION_BUCKETS },
    });
  }

  eventsReceived(result: EventResult, count: number): void {
    if (count > 0) {
      this.#events.add(count, { result });
    }
  }

  /** @param milliseconds - of the whole batch, with its transaction */
  stored(milliseconds: number): void {
    this.#intake.record(milliseconds / 1000);
  }

  /** Reads how much there is to be derived whenever metrics are collected. */
  observeQueue(knex: Knex): void {
    this.#metrics
      .createObservableGauge('golden-paths.queue.depth', {
        description: 'Entities whose metrics have to be derived anew',
      })
      .addCallback(async result => {
        const [{ due }] = await knex('due').countDistinct({ due: 'entity_id' });
        result.observe(Number(due));
      });
  }
}
