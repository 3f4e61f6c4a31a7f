import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createHash } from 'node:crypto';
import { Fastest } from './Fastest';

const INDEX_TASK = 'search_index_software_catalog';
const BATCH = 1000;
/** Of the time that passes, at most a twentieth is spent on looking. */
const SHARE = 20;
/** While it changes all the time, a tenth of it on indexing. */
const INDEXING_SHARE = 10;

/**
 * Looks every few seconds whether anything in the catalog has changed, by the tags
 * of all versions alone, and has it indexed again at once. There is no event for it.
 *
 * @internal
 */
export class CatalogFollower {
  private state: string | undefined;
  private restUntil = 0;
  private indexedAt = 0;
  private readonly looking = new Fastest();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
      scheduler: SchedulerService;
      /** How long indexing takes, in milliseconds. */
      indexingTakes: () => number;
    },
  ) {}

  async start(): Promise<void> {
    await this.options.scheduler.scheduleTask({
      id: 'search_follow_catalog',
      initialDelay: { seconds: 1 },
      frequency: { seconds: 2 },
      timeout: { minutes: 2 },
      fn: () => this.look(),
    });
  }

  /** One look; none when the last one took so long that it is too soon. */
  async look(): Promise<void> {
    const began = Date.now();
    if (began < this.restUntil) {
      return;
    }
    const state = await this.readState();
    const took = Date.now() - began;
    this.looking.add(took);
    this.restUntil = began + this.looking.duration * SHARE;

    const mayIndexAt =
      this.indexedAt + this.options.indexingTakes() * INDEXING_SHARE;
    if (state === this.state || Date.now() < mayIndexAt) {
      return;
    }
    try {
      await this.options.scheduler.triggerTask(INDEX_TASK);
    } catch (error) {
      if (
        isError(error) &&
        ['ConflictError', 'NotFoundError'].includes(error.name)
      ) {
        // It runs, and may have passed what has changed, or is not there yet: the
        // next look comes here again
        return;
      }
      throw error;
    }
    this.options.logger.debug(
      `The catalog has changed, seen in ${took} ms: indexing it`,
    );
    this.state = state;
    this.indexedAt = Date.now();
  }

  private async readState(): Promise<string> {
    const { auth, catalog } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const hash = createHash('sha256');
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await catalog.queryEntities(
        {
          ...(cursor ? { cursor } : { totalItems: 'exclude' as const }),
          limit: BATCH,
          fields: ['metadata.uid', 'metadata.etag'],
        },
        { credentials },
      );
      for (const { metadata } of items) {
        hash.update(`${metadata.uid} ${metadata.etag}\n`);
      }
      cursor = pageInfo.nextCursor;
    } while (cursor);
    return hash.digest('base64');
  }
}
