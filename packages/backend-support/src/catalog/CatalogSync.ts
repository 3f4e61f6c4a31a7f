import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { inTransaction } from '../database/inTransaction';
import { whereAny } from '../database/whereAny';
import { CatalogChange, CatalogListener } from './CatalogListener';
import { CatalogProjection } from './CatalogProjection';

/** Of identities and etags, a hundred bytes each. */
const PAGE = 500;
/** Of whole entities, which can be large. */
const BATCH = 200;

/**
 * Keeps the entities of a plugin as the catalog has them. The catalog tells nobody what
 * changed, so this asks for the etags of everything, and for what differs.
 *
 * @public
 */
export class CatalogSync {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #clock: () => number;
  readonly #database: Knex;
  readonly #logger: LoggerService;
  readonly #wake: () => void;
  readonly #listeners: readonly CatalogListener[];
  readonly #projection: CatalogProjection;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    clock: () => number;
    database: Knex;
    listeners: readonly CatalogListener[];
    logger: LoggerService;
    projection: CatalogProjection;
    /** Called after each commit. */
    wake: () => void;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#clock = options.clock;
    this.#database = options.database;
    this.#listeners = options.listeners;
    this.#logger = options.logger;
    this.#projection = options.projection;
    this.#wake = options.wake;
  }

  /** Looks at the whole catalog, and writes what differs. */
  async sync(signal?: AbortSignal): Promise<void> {
    const known = await this.#knownEtags();
    const absent = new Set(known.keys());
    const differing: string[] = [];
    let count = 0;

    for await (const page of this.#pages()) {
      for (const entity of page) {
        const ref = stringifyEntityRef(entity);
        absent.delete(ref);
        if (known.get(ref) !== entity.metadata.etag) {
          differing.push(ref);
        }
      }
      while (differing.length >= BATCH) {
        count += await this.#takeOver(differing.splice(0, BATCH), known);
        signal?.throwIfAborted();
      }
    }
    // What no page had is asked for by name: only what the catalog denies is gone
    differing.push(...absent);
    while (differing.length > 0) {
      signal?.throwIfAborted();
      count += await this.#takeOver(differing.splice(0, BATCH), known);
    }
    if (count > 0) {
      this.#logger.info(`Took over ${count} changed entities of the catalog`);
    }
  }

  /**
   * Takes over some entities at once, also when they left the catalog.
   *
   * @param entityRefs - full refs in lower case; the catalog need not know them
   */
  async refresh(entityRefs: string[]): Promise<void> {
    const refs = [...new Set(entityRefs)];
    const known = await this.#knownEtags(refs);
    while (refs.length > 0) {
      await this.#takeOver(refs.splice(0, BATCH), known);
    }
  }

  /** @returns how many differed */
  async #takeOver(refs: string[], known: Map<string, string>): Promise<number> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const entities = items.filter((item): item is Entity => Boolean(item));
    const gone = refs.flatMap((ref, index) => {
      const etag = known.get(ref);
      return items[index] || etag === undefined ? [] : [{ ref, etag }];
    });

    const count = await inTransaction(this.#database, async tx => {
      const now = this.#clock();
      const change: CatalogChange = {
        upserted: await this.#projection.write(tx, { entities, now }),
        deleted: await this.#projection.remove(tx, { entities: gone, now }),
      };
      const size = change.upserted.length + change.deleted.length;
      if (size > 0) {
        for (const listener of this.#listeners) {
          await listener.onEntities(tx, change);
        }
      }
      return size;
    });
    if (count > 0) {
      this.#wake();
    }
    return count;
  }

  /** The etags of those that are not deleted, by ref. */
  async #knownEtags(refs?: string[]): Promise<Map<string, string>> {
    const query = this.#database(this.#projection.tables.entities).whereNull(
      'deleted_at',
    );
    const rows: { ref: string; etag: string }[] = await (refs
      ? whereAny(this.#database, query, 'ref', refs)
      : query
    ).select('ref', 'etag');
    return new Map(rows.map(({ ref, etag }) => [ref, etag]));
  }

  async *#pages(): AsyncGenerator<Entity[]> {
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await this.#catalog.queryEntities(
        {
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'metadata.etag',
          ],
          limit: PAGE,
          ...(cursor ? { cursor } : { totalItems: 'exclude' }),
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      yield items;
      cursor = pageInfo.nextCursor;
    } while (cursor);
  }
}
