import {
  EntityFilter,
  ExpiringCache,
  getMany,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';

/** So long an entity that was not found is not asked for again. */
const TTL_MS = 5_000;

/**
 * Finds subjects by their refs, also those that the catalog has only just got.
 *
 * @internal
 */
export class SubjectIds {
  readonly #database: Knex;
  readonly #refresh: (entityRefs: string[]) => Promise<void>;
  readonly #asked = new ExpiringCache<boolean>({
    maxEntries: 10_000,
    now: Date.now,
    ttl: TTL_MS,
  });

  /** @param options - `refresh`: takes entities over from the catalog */
  constructor(options: {
    database: Knex;
    refresh: (entityRefs: string[]) => Promise<void>;
  }) {
    this.#database = options.database;
    this.#refresh = options.refresh;
  }

  /**
   * @param filter - narrows to subjects that the caller may know of
   * @returns the ids by ref, of those that are in the catalog
   */
  async find(
    entityRefs: string[],
    filter: EntityFilter | undefined,
  ): Promise<Map<string, number>> {
    const found = await this.#read(entityRefs, filter);
    const missing = entityRefs.filter(ref => !found.has(ref));
    if (missing.length > 0) {
      // Also those that the caller may not know of: how long it takes would tell
      await getMany({
        cache: this.#asked,
        items: missing,
        keyOf: ref => ref,
        load: async refs => {
          await this.#refresh(refs);
          return new Map(refs.map(ref => [ref, true]));
        },
      });
      for (const [ref, id] of await this.#read(missing, filter)) {
        found.set(ref, id);
      }
    }
    return found;
  }

  async #read(
    entityRefs: string[],
    filter: EntityFilter | undefined,
  ): Promise<Map<string, number>> {
    if (entityRefs.length === 0) {
      return new Map();
    }
    const query = whereAny(
      this.#database,
      this.#database('subjects').whereNull('deleted_at'),
      'ref',
      entityRefs,
    ).select<{ id: number; ref: string }[]>('id', 'ref');
    filter?.(query, 'subjects.id');
    return new Map((await query).map(({ id, ref }) => [ref, id]));
  }
}
