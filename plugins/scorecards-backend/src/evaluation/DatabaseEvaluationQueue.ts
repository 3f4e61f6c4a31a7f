import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError } from '@backstage/errors';
import {
  Alarm,
  isPostgres,
  toMillis,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { EvaluationQueue } from './EvaluationQueue';
import { EvaluatedSubjects, Evaluator } from './Evaluator';
import { Rollups } from './Rollups';

/**
 * Subjects per transaction: few enough that nobody waits long for one of them, and
 * that what is written of them does not outlive the young generation of the heap.
 */
const BATCH = 100;

/** How often to look when nobody says that there is something to do. */
const LOOK_MS = 1000;

const MAX_BACKOFF_MS = 5_000;

/** How long to wait for subjects that somebody else has at hand. */
const MAX_WAIT_MS = 10_000;

/**
 * How long to wait for more after somebody has said that there is something to
 * do: whoever reports one fact after the other is not followed one by one.
 */
const GATHER_MS = 50;

/** How often rollups are written at most. */
const ROLLUP_MS = 2_000;

type Order = 'oldest' | 'newest';

/**
 * Evaluates what is due in this process, until it is stopped.
 *
 * @internal
 */
export class DatabaseEvaluationQueue implements EvaluationQueue {
  readonly #evaluator: Evaluator;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #metrics: ScorecardMetrics;
  readonly #now: Clock;
  readonly #rollups: Rollups;
  readonly #stopping = new AbortController();
  readonly #alarms: readonly Alarm[];
  #loops: Promise<void>[] = [];
  /** When rollups may be written again. */
  #nextRollups = 0;

  constructor(options: {
    evaluator: Evaluator;
    knex: Knex;
    logger: LoggerService;
    metrics: ScorecardMetrics;
    now: Clock;
    rollups: Rollups;
  }) {
    this.#evaluator = options.evaluator;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#now = options.now;
    this.#rollups = options.rollups;
    this.#alarms = isPostgres(options.knex)
      ? [new Alarm(), new Alarm()]
      : [new Alarm()];
    this.#metrics.observeQueue(() => this.#measure());
  }

  start(): void {
    const orders: Order[] = ['oldest', 'newest'];
    this.#loops =
      this.#alarms.length === 1
        ? [this.#loop(this.#alarms[0], orders)]
        : this.#alarms.map((alarm, index) =>
            this.#loop(alarm, [orders[index]]),
          );
  }

  wake(): void {
    // It calls the other one when it is too much for one
    this.#alarms[0].ring();
  }

  async evaluateNow(subjectIds: readonly number[]): Promise<void> {
    let left = [...new Set(subjectIds)];
    let deadline = performance.now() + MAX_WAIT_MS;
    while (left.length > 0) {
      const evaluated = await this.#evaluator.evaluate(left.slice(0, BATCH));
      this.#note('request', evaluated);
      const done = new Set(evaluated.subjectIds);
      if (done.size > 0) {
        left = left.filter(id => !done.has(id));
        deadline = performance.now() + MAX_WAIT_MS;
        continue;
      }
      left = await this.#present(left);
      if (left.length > 0 && performance.now() > deadline) {
        throw new ConflictError(
          'It is being changed all the time, and evaluated as soon as that ends',
        );
      }
      await sleep(20);
    }
    // For the rollups
    this.wake();
  }

  /**
   * Evaluates subjects of which a full pass says that they differ. Whoever has
   * one of them at hand makes it due, so nobody waits for that.
   */
  async evaluateFound(subjectIds: readonly number[]): Promise<void> {
    for (let start = 0; start < subjectIds.length; start += BATCH) {
      const batch = subjectIds.slice(start, start + BATCH);
      this.#note('full', await this.#evaluator.evaluate(batch));
    }
    this.wake();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeAll();
    await Promise.all(this.#loops);
  }

  async #loop(alarm: Alarm, orders: Order[]): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    for (let turn = 0; !signal.aborted; turn++) {
      // After a failure alone, so that whoever it comes from keeps nobody back
      const limit = failures > 0 ? 1 : BATCH;
      try {
        const evaluated = await this.#evaluator.evaluateDue({
          limit,
          order: orders[turn % orders.length],
        });
        failures = 0;
        this.#note('change', evaluated);
        await this.#writeRollups();
        if (evaluated.subjectIds.length === limit) {
          this.#wakeAll();
        } else if ((await alarm.sleep(LOOK_MS)) && !signal.aborted) {
          await sleep(GATHER_MS);
        }
      } catch (error) {
        failures += 1;
        this.#metrics.evaluationFailed();
        this.#logger.warn(
          `Entities could not be evaluated, they are tried again: ${stringifyError(
            error,
          )}`,
        );
        const until =
          performance.now() + Math.min(250 * 2 ** failures, MAX_BACKOFF_MS);
        while (performance.now() < until && !signal.aborted) {
          await alarm.sleep(until - performance.now());
        }
      }
    }
  }

  #wakeAll(): void {
    for (const alarm of this.#alarms) {
      alarm.ring();
    }
  }

  #note(
    trigger: 'change' | 'request' | 'full',
    evaluated: EvaluatedSubjects,
  ): void {
    const { subjectIds, milliseconds, scorecardIds, outcomes } = evaluated;
    if (subjectIds.length > 0) {
      this.#metrics.evaluated({
        trigger,
        subjects: subjectIds.length,
        milliseconds,
      });
    }
    for (const [outcome, count] of outcomes) {
      this.#metrics.outcomesWritten(outcome, count);
    }
    this.#rollups.touch(scorecardIds);
  }

  async #writeRollups(): Promise<void> {
    if (performance.now() >= this.#nextRollups) {
      this.#nextRollups = performance.now() + ROLLUP_MS;
      await this.#rollups.writeTouched();
    }
  }

  /** Those that are still in the catalog. */
  async #present(ids: readonly number[]): Promise<number[]> {
    const rows: { id: number }[] = await whereAny(
      this.#knex,
      this.#knex('subjects').whereNull('deleted_at'),
      'id',
      ids,
    ).select('id');
    return rows.map(({ id }) => id);
  }

  async #measure(): Promise<{ due: number; oldestAge: number }> {
    const now = this.#now();
    const row = await this.#knex('subjects')
      .whereNull('deleted_at')
      .where('due_at', '<=', now)
      .count({ due: '*' })
      .min({ oldest: 'due_at' })
      .first();
    return {
      due: Number(row?.due ?? 0),
      oldestAge: now - (toMillis(row?.oldest) ?? now),
    };
  }
}
