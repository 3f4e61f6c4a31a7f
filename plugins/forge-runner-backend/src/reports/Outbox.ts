import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';

/** How long an event waits for its component to be in the catalog, in milliseconds. */
const ENTITY_MS = 120_000;

/** An event that was never taken is dropped after so long, in milliseconds. */
const KEEP_MS = 30 * 24 * 3600 * 1000;

const MAX_PAUSE_MS = 300_000;

const TIMEOUT_MS = 15_000;

/** Answers after which the same would be refused again. */
const FINAL = new Set([400, 409, 413, 415, 422]);

interface OutboxRow {
  id: number;
  repository_id: number;
  body: string;
  attempts: number;
  created_at: number | string;
  due_at: number | string;
}

/**
 * Events on their way to golden-paths: in the database first, and there until they
 * were accepted, in the order in which they happened.
 *
 * @internal
 */
export class Outbox {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #entityOf: (repositoryId: number) => Promise<string | undefined>;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #again = false;

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    knex: Knex;
    logger: LoggerService;
    /** The component of a repository, once it is known. */
    entityOf: (repositoryId: number) => Promise<string | undefined>;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#entityOf = options.entityOf;
  }

  async add(repositoryId: number, events: JsonObject[]): Promise<void> {
    const now = Date.now();
    await this.#knex<OutboxRow>('outbox').insert(
      events.map(event => ({
        repository_id: repositoryId,
        body: JSON.stringify(event),
        attempts: 0,
        created_at: now,
        due_at: now,
      })),
    );
    this.wake();
  }

  /** Sends what is due, now. */
  wake(): void {
    if (this.#isStopped) {
      return;
    }
    if (this.#sending) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#sending = this.#send()
      .catch(error => {
        this.#logger.error(
          `Events could not be sent: ${stringifyError(error)}`,
        );
        return MAX_PAUSE_MS;
      })
      .then(pause => {
        this.#sending = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        } else if (pause !== undefined && !this.#isStopped) {
          this.#timer = setTimeout(() => this.wake(), pause);
          this.#timer.unref();
        }
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#sending;
  }

  /** @returns milliseconds until it is to be tried again; undefined when all is sent */
  async #send(): Promise<number | undefined> {
    while (!this.#isStopped) {
      const row = await this.#knex<OutboxRow>('outbox').orderBy('id').first();
      if (!row) {
        return undefined;
      }
      const pause = Number(row.due_at) - Date.now();
      if (pause > 0) {
        return pause;
      }
      const entityRef = await this.#entityOf(row.repository_id);
      if (!entityRef && Date.now() - Number(row.created_at) < ENTITY_MS) {
        return 1000;
      }
      const refusal = await this.#post({
        ...JSON.parse(row.body),
        ...(entityRef && { entityref: entityRef }),
      });
      const isOld = Date.now() - Number(row.created_at) > KEEP_MS;
      const isDropped = refusal && (refusal.isFinal || isOld);
      if (isDropped) {
        this.#logger.error(
          `An event was refused and is dropped: ${refusal.message}`,
        );
      }
      if (!refusal || isDropped) {
        await this.#knex('outbox').where({ id: row.id }).delete();
        continue;
      }
      const attempts = row.attempts + 1;
      const delay = Math.min(MAX_PAUSE_MS, 1000 * 2 ** attempts);
      this.#logger.warn(
        `An event was not accepted, and is sent again in ${delay / 1000} s: ${
          refusal.message
        }`,
      );
      await this.#knex<OutboxRow>('outbox')
        .where({ id: row.id })
        .update({ attempts, due_at: Date.now() + delay });
    }
    return undefined;
  }

  async #post(
    event: JsonObject,
  ): Promise<{ isFinal: boolean; message: string } | undefined> {
    try {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'golden-paths',
      });
      const baseUrl = await this.#discovery.getBaseUrl('golden-paths');
      const response = await fetch(`${baseUrl}/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/cloudevents+json',
        },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return response.ok
        ? undefined
        : {
            isFinal: FINAL.has(response.status),
            message: `${response.status} ${text.slice(0, 500)}`,
          };
    } catch (error) {
      return { isFinal: false, message: stringifyError(error) };
    }
  }
}
