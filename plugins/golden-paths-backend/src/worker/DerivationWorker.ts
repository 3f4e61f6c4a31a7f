import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Alarm, isPostgres } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Derivation } from './Derivation';
import { RestingEntities } from './RestingEntities';

/**
 * Entities per transaction. SQLite has one connection, which the transaction keeps
 * from everybody else.
 */
const BATCH = { postgres: 50, sqlite: 10 };

/** How often to look when nobody says that there is something to do. */
const LOOK_MS = 1000;

const MAX_BACKOFF_MS = 5_000;

/**
 * While events come in, their senders go first: of the time that deriving takes, so
 * many times as much is left to them.
 */
const YIELD = 4;

const MAX_YIELD_MS = 1_000;

/**
 * How long to wait for more after somebody has said that there is something to do:
 * whoever reports one event after the other is not followed one by one.
 */
const GATHER_MS = 50;

/**
 * Derives what is due in this process, until it is stopped.
 *
 * @internal
 */
export class DerivationWorker {
  readonly #alarms: readonly Alarm[];
  readonly #batch: number;
  readonly #derivation: Derivation;
  readonly #logger: LoggerService;
  readonly #onDerived: (entityIds: number[]) => Promise<void>;
  readonly #resting = new RestingEntities();
  readonly #stopping = new AbortController();
  #loops: Promise<void>[] = [];
  #lastWoken = -Infinity;

  constructor(options: {
    derivation: Derivation;
    knex: Knex;
    logger: LoggerService;
    /** Called after what was derived is committed; must not throw. */
    onDerived?: (entityIds: number[]) => Promise<void>;
  }) {
    this.#derivation = options.derivation;
    this.#logger = options.logger;
    this.#onDerived = options.onDerived ?? (async () => {});
    // One that has much to read does not keep the others waiting
    this.#alarms = isPostgres(options.knex)
      ? [new Alarm(), new Alarm()]
      : [new Alarm()];
    this.#batch = isPostgres(options.knex) ? BATCH.postgres : BATCH.sqlite;
  }

  start(): void {
    this.#loops = this.#alarms.map(alarm => this.#loop(alarm));
  }

  wake(): void {
    this.#lastWoken = performance.now();
    // It calls the other one when it is too much for one
    this.#alarms[0].ring();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeAll();
    await Promise.all(this.#loops);
  }

  async #loop(alarm: Alarm): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      // After a failure alone, so that whoever it comes from keeps nobody back
      const limit = failures > 0 ? 1 : this.#batch;
      let claimed: number[] = [];
      const started = performance.now();
      try {
        const { entities } = await this.#derivation.run({
          limit,
          except: this.#resting.ids(),
          onClaimed: ids => {
            claimed = ids;
          },
        });
        failures = 0;
        this.#resting.note(entities);
        if (entities.length > 0) {
          await this.#onDerived(entities.map(({ id }) => id));
        }
        if (entities.length > 0 && this.#lastWoken > started) {
          await this.#yield(performance.now() - started);
        }
        if (entities.length === limit) {
          this.#wakeAll();
        } else {
          const isRung = await alarm.sleep(this.#resting.nextIn(LOOK_MS));
          if (isRung && !signal.aborted) {
            await sleep(GATHER_MS);
          }
        }
      } catch (error) {
        failures += 1;
        if (claimed.length === 1) {
          this.#resting.failed(claimed[0]);
        }
        this.#logger.warn(
          `What events say could not be derived, it is tried again: ${stringifyError(
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

  async #yield(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    const pause = Math.min(milliseconds * YIELD, MAX_YIELD_MS);
    await sleep(pause, undefined, { signal }).catch(() => {});
  }

  #wakeAll(): void {
    for (const alarm of this.#alarms) {
      alarm.ring();
    }
  }
}
