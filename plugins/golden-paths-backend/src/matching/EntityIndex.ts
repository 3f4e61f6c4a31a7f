import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { isRefKey } from './keys';

/**
 * An entity that an event may speak for.
 *
 * @internal
 */
export interface MatchedEntity {
  id: number;
  ref: string;
}

interface Row extends MatchedEntity {
  key: string;
  kind: string;
  rank: number;
}

/**
 * The entities behind some keys, as they are at one moment.
 *
 * @internal
 */
export class EntityIndex {
  readonly #rows = new Map<string, Row[]>();

  static async read(
    knex: Knex | Knex.Transaction,
    keys: Iterable<string>,
  ): Promise<EntityIndex> {
    const distinct = [...new Set(keys)];
    if (distinct.length === 0) {
      return new EntityIndex([]);
    }
    return new EntityIndex(
      await whereAny(
        knex,
        knex('entity_keys as k').join('entities as e', 'e.id', 'k.entity_id'),
        'k.key',
        distinct,
      )
        .orderBy(['k.key', 'k.rank', 'e.id'])
        .select('k.key', 'k.rank', 'e.id', 'e.ref', 'e.kind'),
    );
  }

  private constructor(rows: Row[]) {
    for (const row of rows) {
      const ofKey = this.#rows.get(row.key);
      if (!ofKey) {
        this.#rows.set(row.key, [row]);
        // Of a ref there is one; what two were called before belongs to the first
      } else if (ofKey[0].rank === row.rank && !isRefKey(row.key)) {
        ofKey.push(row);
      }
    }
  }

  /**
   * The entity that is meant. Where several are, it is their only component: the API
   * beside it in a repository is not what was deployed. Where that leaves several,
   * nothing is guessed.
   *
   * @param keys - the strongest first; the first that leads anywhere decides
   */
  find(keys: readonly string[]): MatchedEntity | undefined {
    const found = keys
      .map(key => this.#rows.get(key))
      .find(rows => rows !== undefined);
    if (!found) {
      return undefined;
    }
    const components = found.filter(({ kind }) => kind === 'component');
    const [only, ...others] = found.length > 1 ? components : found;
    return only && others.length === 0
      ? { id: only.id, ref: only.ref }
      : undefined;
  }
}
