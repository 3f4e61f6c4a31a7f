import {
  EventIntake,
  IncomingEvent,
  IntakeVerdict,
} from '../events/EventIntake';
import { DeliveryMetrics } from './DeliveryMetrics';

/**
 * Counts what comes in.
 *
 * @internal
 */
export class MeasuredIntake implements EventIntake {
  readonly #intake: EventIntake;
  readonly #metrics: DeliveryMetrics;

  constructor(options: { intake: EventIntake; metrics: DeliveryMetrics }) {
    this.#intake = options.intake;
    this.#metrics = options.metrics;
  }

  async accept(events: IncomingEvent[]): Promise<IntakeVerdict[]> {
    const started = performance.now();
    let verdicts: IntakeVerdict[];
    try {
      verdicts = await this.#intake.accept(events);
    } catch (error) {
      this.#metrics.eventsReceived('failed', events.length);
      throw error;
    }
    this.#metrics.stored(performance.now() - started);
    const duplicates = verdicts.filter(({ duplicate }) => duplicate).length;
    const unmatched = verdicts.filter(
      ({ duplicate, entityRef }) => !duplicate && entityRef === undefined,
    ).length;
    this.#metrics.eventsReceived('duplicate', duplicates);
    this.#metrics.eventsReceived('unmatched', unmatched);
    this.#metrics.eventsReceived(
      'accepted',
      verdicts.length - duplicates - unmatched,
    );
    return verdicts;
  }
}
