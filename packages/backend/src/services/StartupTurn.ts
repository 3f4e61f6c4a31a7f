import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

// Any two numbers nobody else uses: "WAYM" and 1 for starting up
const LOCK = [0x5741594d, 1];
const LOOK_MS = 250;

/**
 * Lets replicas that share a database start one after the other.
 *
 * Plugins bring their tables up to date as they start, and two that do so at
 * once can get into each other's way: the later one finds the migrations
 * locked, or the same schema being made, and does not start.
 *
 * The turn is a lock of the database session, so that a replica that dies gives
 * it back.
 *
 * @internal
 */
export class StartupTurn {
  static async take(options: {
    /** One connection of it is held until the turn ends. */
    knex: Knex;
    logger: LoggerService;
    /** Milliseconds after which a replica no longer waits for its turn. */
    patienceMs: number;
    /** Aborted when the replica stops before it has started. */
    signal?: AbortSignal;
  }): Promise<StartupTurn> {
    const { knex, signal } = options;
    const turn = new StartupTurn(knex, await knex.client.acquireConnection());
    const stop = () => {
      turn.release().catch(() => {
        // The session is gone, and the lock with it
      });
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await turn.#wait(options);
      signal?.throwIfAborted();
      return turn;
    } catch (error) {
      stop();
      throw error;
    }
  }

  readonly #knex: Knex;
  readonly #connection: unknown;
  #released = false;

  private constructor(knex: Knex, connection: unknown) {
    this.#knex = knex;
    this.#connection = connection;
  }

  /** Lets the next one start. Does nothing when done before. */
  async release(): Promise<void> {
    if (this.#released) {
      return;
    }
    this.#released = true;
    try {
      await this.#query('SELECT pg_advisory_unlock_all()');
    } finally {
      await this.#knex.client.releaseConnection(this.#connection);
    }
  }

  async #wait(options: {
    logger: LoggerService;
    patienceMs: number;
    signal?: AbortSignal;
  }): Promise<void> {
    const { logger, patienceMs, signal } = options;
    const until = Date.now() + patienceMs;
    let told = false;
    for (;;) {
      signal?.throwIfAborted();
      const { rows } = await this.#query(
        'SELECT pg_try_advisory_lock(?, ?) AS taken',
        LOCK,
      );
      if (rows[0].taken) {
        return;
      }
      if (Date.now() > until) {
        logger.warn(
          'Another replica has been starting for long; this one starts beside it',
        );
        return;
      }
      if (!told) {
        told = true;
        logger.info('Waiting for another replica to start');
      }
      await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
  }

  #query(sql: string, bindings: number[] = []) {
    return this.#knex.raw(sql, bindings).connection(this.#connection);
  }
}
