import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** @internal */
export type ProbeResult = { ok: true } | { ok: false; reason: string };

class TimeoutError extends Error {
  readonly name = 'TimeoutError';
}

/**
 * Asks the database for a sign of life, on a connection of its own: that of a
 * plugin may wait behind the plugin's queries.
 *
 * However often it is asked, the database is asked once per second at most.
 *
 * @internal
 */
export class DatabaseProbe {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #timeoutMs: number;
  readonly #freshMs: number;
  #latest?: { at: number; result: Promise<ProbeResult> };
  #wasOk = true;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    /** Milliseconds within which it has to answer. */
    timeoutMs: number;
    /** Milliseconds an answer holds. */
    freshMs: number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs;
    this.#freshMs = options.freshMs;
  }

  async check(): Promise<ProbeResult> {
    if (!this.#latest || Date.now() - this.#latest.at > this.#freshMs) {
      this.#latest = { at: Date.now(), result: this.#ask() };
    }
    return this.#latest.result;
  }

  async #ask(): Promise<ProbeResult> {
    let result: ProbeResult;
    try {
      await this.#select();
      result = { ok: true };
    } catch (error) {
      result = { ok: false, reason: reasonOf(error) };
    }
    // Once per change: an outage is asked about every few seconds
    if (this.#wasOk !== result.ok) {
      this.#wasOk = result.ok;
      if (result.ok) {
        this.#logger.info('The database answers again');
      } else {
        this.#logger.error(result.reason);
      }
    }
    return result;
  }

  async #select(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TimeoutError()), this.#timeoutMs);
    });
    // Its own limit is for the query alone: it makes the pool part with a
    // connection that is stuck
    const query = this.#knex.raw('SELECT 1').timeout(this.#timeoutMs);
    try {
      await Promise.race([query, limit]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * What may be told to whoever asks. The error itself can name the server, the
 * user and more.
 */
function reasonOf(cause: unknown): string {
  const error = Object(cause) as { name?: unknown; code?: unknown };
  if (/timeout/i.test(String(error.name))) {
    return 'The database does not answer in time';
  }
  // SQLSTATE class 28: invalid authorization
  if (/^28/.test(String(error.code))) {
    return 'The database refuses the credentials';
  }
  const code = /^[A-Z0-9]{4,20}$/.exec(String(error.code));
  return `The database cannot be reached${code ? ` (${code[0]})` : ''}`;
}
