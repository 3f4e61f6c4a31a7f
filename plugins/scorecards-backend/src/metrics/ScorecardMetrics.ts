import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { RULE_OUTCOMES, RuleOutcome } from '@waymark/plugin-scorecards-common';

/** Seconds. */
const DURATION_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

/**
 * What is measured. Names and labels are part of the product: dashboards and
 * alerts read them. Every label has few values, whatever callers send.
 *
 * @internal
 */
export class ScorecardMetrics {
  readonly #metrics: MetricsService;
  readonly #evaluations;
  readonly #evaluationErrors;
  readonly #evaluatedSubjects;
  readonly #outcomesWritten;
  readonly #collections;
  readonly #collectionFailures;
  readonly #collectionDuration;
  readonly #facts;
  readonly #previews;
  readonly #notifications;
  /** Ids that may become labels. */
  readonly #collectorIds: () => Iterable<string>;

  constructor(options: {
    metrics: MetricsService;
    /** The collectors that are installed; facts of others count as `other`. */
    collectorIds: () => Iterable<string>;
  }) {
    const { metrics, collectorIds } = options;
    this.#metrics = metrics;
    this.#collectorIds = collectorIds;
    this.#evaluations = metrics.createHistogram<{
      trigger: 'change' | 'request' | 'full';
    }>('scorecards.evaluation.duration', {
      description: 'Time to evaluate a batch of entities and to store it',
      unit: 's',
      advice: { explicitBucketBoundaries: DURATION_BUCKETS },
    });
    this.#evaluationErrors = metrics.createCounter(
      'scorecards.evaluation.errors',
      {
        description: 'Batches that could not be evaluated, and are tried again',
      },
    );
    this.#evaluatedSubjects = metrics.createCounter(
      'scorecards.evaluation.entities',
      { description: 'Entities evaluated' },
    );
    this.#outcomesWritten = metrics.createCounter<{
      outcome: RuleOutcome | 'none';
    }>('scorecards.outcomes.written', {
      description: 'Outcomes that changed, by what they are now',
    });
    this.#collections = metrics.createCounter<{ collector: string }>(
      'scorecards.collector.runs',
      { description: 'Calls of a collector' },
    );
    this.#collectionFailures = metrics.createCounter<{
      collector: string;
      reason: 'error' | 'timeout' | 'rate_limit';
    }>('scorecards.collector.failures', {
      description: 'Entities of which a collector could not tell the facts',
    });
    this.#collectionDuration = metrics.createHistogram<{ collector: string }>(
      'scorecards.collector.duration',
      {
        description: 'Time that a call of a collector takes',
        unit: 's',
        advice: { explicitBucketBoundaries: DURATION_BUCKETS },
      },
    );
    this.#facts = metrics.createCounter<{
      result: 'accepted' | 'superseded' | 'rejected';
      via: string;
    }>('scorecards.facts.received', {
      description: 'Facts, pushed or collected, and what became of them',
    });
    this.#previews = metrics.createCounter<{
      result: 'shown' | 'refused' | 'cancelled' | 'failed';
    }>('scorecards.previews', {
      description: 'Scorecards tried before they are published',
    });
    this.#notifications = metrics.createCounter<{
      kind: 'level' | 'digest' | 'exemption';
      result: 'sent' | 'failed';
    }>('scorecards.notifications', {
      description: 'Notifications handed over',
    });
  }

  /**
   * Reads the queue whenever metrics are collected.
   *
   * @param read - how many entities are due, and for how many milliseconds the
   * first of them has been
   */
  observeQueue(read: () => Promise<{ due: number; oldestAge: number }>): void {
    const depth = this.#metrics.createObservableGauge(
      'scorecards.queue.depth',
      { description: 'Entities that are due for evaluation' },
    );
    const age = this.#metrics.createObservableGauge('scorecards.queue.age', {
      description: 'For how long the first of them has been due',
      unit: 's',
    });
    // Both are asked for in the same moment: one query is enough
    let reading: ReturnType<typeof read> | undefined;
    const once = async () => {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    };
    depth.addCallback(async result => result.observe((await once()).due));
    age.addCallback(async result =>
      result.observe((await once()).oldestAge / 1000),
    );
  }

  /** @param milliseconds - of the whole batch, with its transaction */
  evaluated(options: {
    trigger: 'change' | 'request' | 'full';
    subjects: number;
    milliseconds: number;
  }): void {
    const { trigger, subjects, milliseconds } = options;
    this.#evaluations.record(milliseconds / 1000, { trigger });
    this.#evaluatedSubjects.add(subjects);
  }

  evaluationFailed(): void {
    this.#evaluationErrors.add(1);
  }

  /** `none`: there is no outcome any more. */
  outcomesWritten(outcome: RuleOutcome | 'none', count: number): void {
    const known = outcome === 'none' || RULE_OUTCOMES.includes(outcome);
    if (known && count > 0) {
      this.#outcomesWritten.add(count, { outcome });
    }
  }

  collected(options: { collectorId: string; milliseconds: number }): void {
    const collector = this.#collectorLabel(options.collectorId);
    this.#collections.add(1, { collector });
    this.#collectionDuration.record(options.milliseconds / 1000, {
      collector,
    });
  }

  collectionFailed(options: {
    collectorId: string;
    reason: 'error' | 'timeout' | 'rate_limit';
    entities: number;
  }): void {
    const { collectorId, reason, entities } = options;
    this.#collectionFailures.add(entities, {
      collector: this.#collectorLabel(collectorId),
      reason,
    });
  }

  /** @param options - `collectorId`: absent for facts that were pushed */
  factsReceived(options: {
    result: 'accepted' | 'superseded' | 'rejected';
    collectorId?: string;
    count: number;
  }): void {
    const { result, collectorId, count } = options;
    if (count > 0) {
      this.#facts.add(count, {
        result,
        via: collectorId ? this.#collectorLabel(collectorId) : 'push',
      });
    }
  }

  previewed(result: 'shown' | 'refused' | 'cancelled' | 'failed'): void {
    this.#previews.add(1, { result });
  }

  notified(options: {
    kind: 'level' | 'digest' | 'exemption';
    result: 'sent' | 'failed';
  }): void {
    this.#notifications.add(1, options);
  }

  #collectorLabel(id: string): string {
    for (const known of this.#collectorIds()) {
      if (known === id) {
        return id;
      }
    }
    return 'other';
  }
}
