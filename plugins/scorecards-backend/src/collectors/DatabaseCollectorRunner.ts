import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Alarm } from '@waymark/backend-support';
import { Knex } from 'knex';
import { FactStore } from '../facts/FactStore';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { CollectionPlan } from './CollectionPlan';
import { CollectionTable } from './CollectionTable';
import { CollectorCalls } from './CollectorCalls';
import { CollectorPauses } from './CollectorPauses';
import { CollectorInquiry } from './CollectorInquiry';
import { CollectorRunner } from './CollectorRunner';
import { CollectorSettings } from './CollectorSettings';
import { DatabaseCollectorControl } from './DatabaseCollectorControl';

/** How often it looks for what is due, and whether plan and times are right. */
const LOOK_EVERY_MS = 1_000;
const MEND_EVERY_MS = 60_000;

/**
 * Runs collectors from the table `collections`.
 *
 * @internal
 */
export class DatabaseCollectorRunner implements CollectorRunner {
  readonly #alarm = new Alarm();
  readonly #calls: CollectorCalls;
  readonly #collectors: readonly CollectorSettings[];
  readonly #inquiry: CollectorInquiry;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #pauses: CollectorPauses;
  readonly #plan: CollectionPlan;
  readonly #table: CollectionTable;
  #isFailing = false;
  #isStopped = false;
  #loop: Promise<void> | undefined;
  #mendedAt = 0;

  constructor(options: {
    clock: () => number;
    collectors: readonly CollectorSettings[];
    facts: FactStore;
    knex: Knex;
    logger: LoggerService;
    metrics: ScorecardMetrics;
    /** Called when something became due for evaluation. */
    wakeEvaluation(): void;
  }) {
    this.#collectors = options.collectors;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#pauses = new CollectorPauses(options);
    this.#plan = new CollectionPlan(options);
    this.#table = new CollectionTable(options);
    this.#calls = new CollectorCalls({
      ...options,
      pauses: this.#pauses,
      table: this.#table,
    });
    this.#inquiry = new CollectorInquiry({
      ...options,
      calls: this.#calls,
      pauses: this.#pauses,
      plan: this.#plan,
      table: this.#table,
    });
  }

  readonly onEntities: CollectorRunner['onEntities'] = (tx, changes) =>
    this.#plan.entitiesChanged(tx, changes);

  wake(): void {
    this.#alarm.ring();
  }

  async start(): Promise<void> {
    this.#loop ??= this.#run();
    // None is waited for: the backend starts whatever they do
    for (const settings of this.#collectors) {
      this.#startCollector(settings);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#calls.stop();
    await this.#loop;
  }

  readonly collectNow: CollectorRunner['collectNow'] = (subjectIds, options) =>
    this.#inquiry.collectNow(subjectIds, options);

  async #startCollector({ id, collector }: CollectorSettings): Promise<void> {
    try {
      await collector.start?.(
        new DatabaseCollectorControl({
          collectorId: id,
          knex: this.#knex,
          plan: this.#plan,
          wake: () => this.wake(),
        }),
      );
    } catch (error) {
      this.#logger.error(
        `Fact collector ${id} only runs on its schedule, since it could not start: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#look();
        this.#isFailing = false;
      } catch (error) {
        const level = this.#isFailing ? 'debug' : 'error';
        this.#isFailing = true;
        this.#logger[level](
          `Looking for facts to collect failed, and is tried again: ${stringifyError(
            error,
          )}`,
        );
      }
      await this.#alarm.sleep(LOOK_EVERY_MS);
    }
  }

  async #look(): Promise<void> {
    if (
      this.#mendedAt === 0 ||
      performance.now() >= this.#mendedAt + MEND_EVERY_MS
    ) {
      await this.#plan.reconcileIfNeeded({ atStart: this.#mendedAt === 0 });
      for (const settings of this.#collectors) {
        await this.#table.mendTimes(settings);
      }
      this.#mendedAt = performance.now();
    }
    const pauses = await this.#pauses.read();
    const free = this.#collectors.filter(
      settings =>
        !pauses.has(settings.id) && this.#calls.hasRoom(settings, 'scheduled'),
    );
    const due = await this.#table.due(free);
    for (const settings of free.filter(({ id }) => due.has(id))) {
      await this.#callWhileDue(settings);
    }
  }

  async #callWhileDue(settings: CollectorSettings): Promise<void> {
    const { batchSize: limit } = settings;
    while (this.#calls.hasRoom(settings, 'scheduled')) {
      const call = await this.#calls.begin({
        settings,
        reason: 'scheduled',
        take: lease => this.#table.takeDue({ settings, lease, limit }),
      });
      if (!call) {
        return;
      }
      call.ended
        .catch(error =>
          this.#logger.error(
            `What fact collector ${
              settings.id
            } found could not be stored, and is collected again: ${stringifyError(
              error,
            )}`,
          ),
        )
        // There may be more for it
        .finally(() => this.wake());
      if (call.taken < limit) {
        return;
      }
    }
  }
}
