import { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const REFS_PER_CALL = 100;

/**
 * What people own, by what the catalog says of their groups.
 *
 * @internal
 */
export class Ownership {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /**
   * The refs that make somebody an owner: the person, their groups, and all
   * groups above those. Notifications to a group go to the groups below it too.
   */
  async of(userRefs: string[]): Promise<Map<string, Set<string>>> {
    const above = new Map<string, string[]>();
    let wanted = userRefs;
    while (wanted.length > 0) {
      const parents = await this.#readParents(wanted);
      for (const ref of wanted) {
        above.set(ref, parents.get(ref) ?? []);
      }
      wanted = [...new Set([...parents.values()].flat())].filter(
        ref => !above.has(ref),
      );
    }
    return new Map(userRefs.map(ref => [ref, withAll(ref, above)]));
  }

  async #readParents(refs: string[]): Promise<Map<string, string[]>> {
    const parents = new Map<string, string[]>();
    for (let i = 0; i < refs.length; i += REFS_PER_CALL) {
      const entityRefs = refs.slice(i, i + REFS_PER_CALL);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['relations'] },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      for (const [index, entity] of items.entries()) {
        parents.set(
          entityRefs[index],
          (entity?.relations ?? [])
            .filter(({ type }) =>
              [RELATION_MEMBER_OF, RELATION_CHILD_OF].includes(type),
            )
            .map(({ targetRef }) => targetRef),
        );
      }
    }
    return parents;
  }
}

function withAll(ref: string, above: Map<string, string[]>): Set<string> {
  const all = new Set([ref]);
  for (const each of all) {
    for (const parent of above.get(each) ?? []) {
      all.add(parent);
    }
  }
  return all;
}
