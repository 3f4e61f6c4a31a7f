import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Milliseconds after which the groups are read anew, while the old ones serve. */
const FRESH = 30_000;
/** Milliseconds after which nobody is served from the old ones without trying. */
const STALE = 300_000;
/** Milliseconds to leave the catalog alone after it failed. */
const PAUSE = 5_000;

/** Milliseconds after which a first ingestion should have brought all groups. */
const SETTLED = 60_000;

const PAGE_SIZE = 500;

/**
 * Which group lies inside which, kept in memory: deciding asks the catalog
 * nothing. The tree is read when it is first needed, and anew when it is older
 * than half a minute or somebody comes with a group it does not know.
 *
 * @internal
 */
export class CatalogGroups {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #startedAt: number;
  /** Groups of the policy whose absence nobody was told of yet. */
  readonly #expected: Set<string>;

  #enclosing: Map<string, string[]> | undefined;
  /** Groups that were asked for and are not in the catalog. */
  #missing = new Set<string>();
  #readAt = 0;
  #failedAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
    /** Groups the policy names. One that is not there is worth a warning. */
    expected?: string[];
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#startedAt = this.#now();
    this.#expected = new Set(options.expected);
  }

  /**
   * The given groups and all groups around them.
   *
   * @throws ServiceUnavailableError as long as the groups could never be read:
   * without them a denial might be overlooked
   */
  async around(groupRefs: string[]): Promise<Set<string>> {
    const enclosing = await this.#current(groupRefs);
    return new Set(
      groupRefs.flatMap(ref => [ref, ...(enclosing.get(ref) ?? [])]),
    );
  }

  async #current(groupRefs: string[]): Promise<Map<string, string[]>> {
    if (!this.#enclosing) {
      await this.#read().catch(error => {
        throw new ServiceUnavailableError(
          'Nothing can be decided before the groups were read from the catalog',
          error,
        );
      });
      return this.#enclosing!;
    }
    const known = this.#enclosing;
    const age = this.#now() - this.#readAt;
    const unseen = groupRefs.some(
      ref => !known.has(ref) && !this.#missing.has(ref),
    );
    if ((age > FRESH || unseen) && this.#now() - this.#failedAt > PAUSE) {
      const reading = this.#read().catch(error =>
        this.#logger.warn(
          `The groups could not be read from the catalog; those of ${Math.round(
            age / 1000,
          )} s ago serve on. ${stringifyError(error)}`,
        ),
      );
      if (unseen || age > STALE) {
        await reading;
      }
    }
    for (const ref of groupRefs) {
      if (!this.#enclosing.has(ref)) {
        this.#missing.add(ref);
      }
    }
    return this.#enclosing;
  }

  /** One reading at a time, whoever asks. */
  #read(): Promise<void> {
    this.#reading ??= this.#readTree()
      .catch(error => {
        this.#failedAt = this.#now();
        throw error;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #readTree(): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const parents = new Map<string, string[]>();
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE }
          : {
              filter: { kind: 'group' },
              fields: [
                'kind',
                'metadata.name',
                'metadata.namespace',
                'relations',
              ],
              limit: PAGE_SIZE,
            },
        { credentials },
      );
      for (const group of page.items) {
        parents.set(stringifyEntityRef(group), parentsOf(group));
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor);

    this.#enclosing = new Map(
      [...parents.keys()].map(ref => [ref, ancestorsOf(ref, parents)]),
    );
    this.#missing = new Set();
    this.#readAt = this.#now();
    this.#warnOfAbsent();
  }

  #warnOfAbsent(): void {
    if (this.#now() - this.#startedAt < SETTLED) {
      return;
    }
    for (const ref of this.#expected) {
      if (!this.#enclosing?.has(ref)) {
        this.#expected.delete(ref);
        this.#logger.warn(
          `The permission policy gives a role to ${ref}, which is not in the catalog; see permission.policy.members`,
        );
      }
    }
  }
}

function parentsOf(group: Entity): string[] {
  return (group.relations ?? [])
    .filter(relation => relation.type === RELATION_CHILD_OF)
    .map(relation => relation.targetRef);
}

/** A group may, by mistake, lie inside itself: nothing is visited twice. */
function ancestorsOf(ref: string, parents: Map<string, string[]>): string[] {
  const found = new Set<string>();
  const open = [ref];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const parent of parents.get(next) ?? []) {
      if (!found.has(parent)) {
        found.add(parent);
        open.push(parent);
      }
    }
  }
  return [...found];
}
