import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { whereAny } from '@waymark/backend-support';
import { DELIVERY_CHANGED_TOPIC } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';

/** Refs per message. */
const CHUNK = 500;

/**
 * Tells other plugins of which entities something else may be known than before. Who
 * misses it asks once in a while anyway.
 *
 * @internal
 */
export class DeliveryNews {
  readonly #events: EventsService;
  readonly #knex: Knex;
  readonly #logger: LoggerService;

  constructor(options: {
    events: EventsService;
    knex: Knex;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  async tell(entityIds: readonly number[]): Promise<void> {
    try {
      for (let start = 0; start < entityIds.length; start += CHUNK) {
        const entityRefs: string[] = await whereAny(
          this.#knex,
          this.#knex('entities').whereNull('deleted_at'),
          'id',
          entityIds.slice(start, start + CHUNK),
        ).pluck('ref');
        if (entityRefs.length > 0) {
          await this.#events.publish({
            topic: DELIVERY_CHANGED_TOPIC,
            eventPayload: { entityRefs },
          });
        }
      }
    } catch (error) {
      this.#logger.warn(
        `Nobody was told what became known of services: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
