import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogScmEvent } from '@backstage/plugin-catalog-node/alpha';
import { isSameRepository } from '../source/isSameRepository';
import { documentedEntities } from './documentedEntities';
import { SiteBuilder } from './SiteBuilder';

/**
 * How long an existing site is left alone. Pushes are heard of at once; this is for
 * hosts that tell nothing.
 */
const LOOK_AGAIN_MS = 30 * 60_000;

/** How long a site is left alone that could not be built and has not changed. */
const TRY_AGAIN_MS = 10 * 60_000;

/**
 * Builds sites before somebody opens them: what is not built cannot be found by
 * search either, and the first reader of a changed page does not have to wait.
 *
 * @internal
 */
export class BackgroundBuilds {
  /** When each site may be looked at again, and for which form of its entity. */
  readonly #rests = new Map<string, { etag?: string; until: number }>();

  constructor(
    private readonly options: {
      auth: AuthService;
      builder: SiteBuilder;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /** Builds, one after the other, what has no site yet or has rested long enough. */
  async buildMissing(signal?: AbortSignal): Promise<void> {
    for await (const entity of documentedEntities(this.options)) {
      if (signal?.aborted) {
        return;
      }
      const ref = stringifyEntityRef(entity);
      const rest = this.#rests.get(ref);
      if (
        rest &&
        rest.until > Date.now() &&
        rest.etag === entity.metadata.etag
      ) {
        continue;
      }
      await this.#build(entity);
    }
  }

  /** Builds anew what is in the repositories that were pushed to. */
  async onEvents(events: CatalogScmEvent[]): Promise<void> {
    this.options.builder.outdate();
    const urls = events.flatMap(event =>
      'url' in event ? [event.url] : [event.fromUrl, event.toUrl],
    );
    const changed: Entity[] = [];
    for await (const entity of documentedEntities(this.options)) {
      const { target } = parseLocationRef(
        entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? 'url:unknown',
      );
      if (urls.some(url => isSameRepository(url, target))) {
        changed.push(entity);
      }
    }
    for (const entity of changed) {
      await this.#build(entity);
    }
  }

  async #build(entity: Entity): Promise<void> {
    const { builder, logger } = this.options;
    const ref = stringifyEntityRef(entity);
    let pause = LOOK_AGAIN_MS;
    try {
      await builder.build(entity);
    } catch (error) {
      pause = TRY_AGAIN_MS;
      logger.warn(
        `The documentation of ${ref} cannot be built: ${
          isError(error) ? error.message : error
        }`,
      );
    }
    this.#rests.set(ref, {
      etag: entity.metadata.etag,
      until: Date.now() + pause,
    });
  }
}
