import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { targetsOf } from './targetsOf';

/** Refs per request. */
const BATCH = 500;
/** Of groups below each other; more is a circle or no organisation. */
const MAX_DEPTH = 10;

/**
 * Asks the catalog about many entities at once.
 *
 * @internal
 */
export class CatalogLookup {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** Which of these entities there are. */
  async existing(
    refs: Iterable<string>,
    signal: AbortSignal,
  ): Promise<Set<string>> {
    const found = await this.#read(refs, ['kind'], signal);
    return new Set(found.keys());
  }

  /**
   * How many people stand behind each owner: the members of a group and of all
   * groups below it, each once; a user is one.
   */
  async memberCounts(
    owners: Iterable<string>,
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const wanted = [...new Set(owners)];
    const groups = new Map<string, Entity>();
    let next = wanted.filter(isGroup);
    for (let depth = 0; depth < MAX_DEPTH && next.length > 0; depth++) {
      const read = await this.#read(next, ['relations'], signal);
      for (const ref of next) {
        const entity = read.get(ref);
        if (entity) {
          groups.set(ref, entity);
        }
      }
      next = [...read.values()]
        .flatMap(entity => targetsOf(entity, RELATION_PARENT_OF))
        .filter(ref => !groups.has(ref));
    }
    return new Map(
      wanted.map(owner => [
        owner,
        isGroup(owner) ? membersBelow(owner, groups).size : 1,
      ]),
    );
  }

  async #read(
    refs: Iterable<string>,
    fields: string[],
    signal: AbortSignal,
  ): Promise<Map<string, Entity>> {
    const wanted = [...new Set(refs)];
    const found = new Map<string, Entity>();
    for (let start = 0; start < wanted.length; start += BATCH) {
      signal.throwIfAborted();
      const entityRefs = wanted.slice(start, start + BATCH);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      items.forEach((entity, index) => {
        if (entity) {
          found.set(entityRefs[index], entity);
        }
      });
    }
    return found;
  }
}

function isGroup(ref: string): boolean {
  return parseEntityRef(ref).kind.toLowerCase() === 'group';
}

function membersBelow(
  group: string,
  groups: ReadonlyMap<string, Entity>,
): Set<string> {
  const members = new Set<string>();
  const seen = new Set<string>();
  const open = [group];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const entity = groups.get(ref);
    if (entity && !seen.has(ref)) {
      seen.add(ref);
      open.push(...targetsOf(entity, RELATION_PARENT_OF));
      for (const member of targetsOf(entity, RELATION_HAS_MEMBER)) {
        members.add(member);
      }
    }
  }
  return members;
}
