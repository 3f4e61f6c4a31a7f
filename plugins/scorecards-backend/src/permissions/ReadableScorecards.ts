import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { EntityFilter, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ScorecardRegistry } from '../scorecards/ScorecardRegistry';
import { ScorecardAccess } from './ScorecardAccess';

/**
 * The scorecards that a caller may see: those whose entity they may read. A draft
 * is for those who own it.
 *
 * @internal
 */
export class ReadableScorecards {
  readonly #access: ScorecardAccess;
  readonly #knex: Knex;
  readonly #refs = new WeakMap<
    EntityFilter,
    WeakMap<readonly ScorecardDefinition[], Promise<ReadonlySet<string>>>
  >();
  readonly #registry: ScorecardRegistry;

  constructor(options: {
    access: ScorecardAccess;
    knex: Knex;
    registry: ScorecardRegistry;
  }) {
    this.#access = options.access;
    this.#knex = options.knex;
    this.#registry = options.registry;
  }

  /**
   * By title; those with the same one by ref.
   *
   * @param asOf - as they were then, in milliseconds; default: those in the
   * catalog now, also retired ones
   */
  async list(
    credentials: BackstageCredentials,
    asOf?: number,
  ): Promise<readonly ScorecardDefinition[]> {
    const definitions =
      asOf === undefined
        ? await this.#registry.all(this.#knex)
        : await this.#registry.asOf(this.#knex, asOf);
    if (definitions.length === 0) {
      return definitions;
    }
    const isReadable = await this.#readable(credentials, definitions);
    const owned = definitions.some(({ lifecycle }) => lifecycle === 'draft')
      ? await this.#access.ownershipRefs(credentials)
      : [];
    return definitions
      .filter(
        ({ lifecycle, owner, ref }) =>
          isReadable(ref) && (lifecycle !== 'draft' || owned.includes(owner)),
      )
      .sort((a, b) => compare(a.title, b.title) || compare(a.ref, b.ref));
  }

  /** @throws NotFoundError */
  async get(
    credentials: BackstageCredentials,
    ref: string,
    asOf?: number,
  ): Promise<ScorecardDefinition> {
    const definitions = await this.list(credentials, asOf);
    const found = definitions.find(definition => definition.ref === ref);
    if (!found) {
      throw new NotFoundError(
        asOf === undefined
          ? `There is no scorecard ${ref}`
          : `There was no scorecard ${ref} at that time`,
      );
    }
    return found;
  }

  /**
   * Remembered as long as the filter, which knows a few seconds as little of a
   * change as this does.
   */
  async #readable(
    credentials: BackstageCredentials,
    definitions: readonly ScorecardDefinition[],
  ): Promise<(ref: string) => boolean> {
    const filter = await this.#access.filter(credentials);
    if (filter.everything) {
      return () => true;
    }
    const known = this.#refs.get(filter) ?? new WeakMap();
    this.#refs.set(filter, known);
    const refs: Promise<ReadonlySet<string>> =
      known.get(definitions) ?? this.#readRefs(filter, definitions);
    known.set(definitions, refs);
    const readable = await refs.catch(error => {
      known.delete(definitions);
      throw error;
    });
    return ref => readable.has(ref);
  }

  async #readRefs(
    filter: EntityFilter,
    definitions: readonly ScorecardDefinition[],
  ): Promise<ReadonlySet<string>> {
    const query = this.#knex('subjects').select<{ ref: string }[]>('ref');
    whereAny(
      this.#knex,
      query,
      'subjects.ref',
      definitions.map(({ ref }) => ref),
    );
    filter(query, 'subjects.id');
    return new Set((await query).map(({ ref }) => ref));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
