import type { CatalogApi } from '@backstage/catalog-client';
import {
  RELATION_CHILD_OF,
  RELATION_CONSUMES_API,
  RELATION_HAS_MEMBER,
  RELATION_OWNER_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { relationTargets } from '../entities/readEntity';
import type {
  Beginning,
  Branch,
  EntitiesByRef,
  NeighboursApi,
} from './NeighboursApi';

/** Enough for a line in a list. */
const LINE = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.profile',
];

/** And for whom to ask. */
const CONTACT = [...LINE, 'metadata.links', 'metadata.annotations'];

/** Nobody reads longer lists; the counts are true beyond them. */
const MOST_PEOPLE = 60;
const MOST_ENTITIES = 500;

/** Groups may be part of one another by mistake; deeper trees are cut off. */
const MOST_LEVELS = 8;

/** They can be thousands, and have queries of their own. */
const ASKED_FOR_ELSEWHERE = [RELATION_OWNER_OF, RELATION_HAS_MEMBER];

/** {@link NeighboursApi} on the catalog's own interface. */
export class CatalogNeighbours implements NeighboursApi {
  /**
   * By the entity as its page loaded it: when the page loads it again, its
   * neighbours are asked for again.
   */
  readonly #related = new WeakMap<Entity, Promise<EntitiesByRef>>();
  readonly #throughApis = new WeakMap<Entity, Promise<Entity[]>>();
  readonly #groupsBelow = new WeakMap<Entity, Promise<Branch[]>>();
  readonly #catalogApi: CatalogApi;

  constructor(options: { catalogApi: CatalogApi }) {
    this.#catalogApi = options.catalogApi;
  }

  related(entity: Entity): Promise<EntitiesByRef> {
    return once(this.#related, entity, async () => {
      const types = (entity.relations ?? [])
        .map(({ type }) => type)
        .filter(type => !ASKED_FOR_ELSEWHERE.includes(type));
      const entityRefs = relationTargets(entity, ...types);
      if (entityRefs.length === 0) {
        return new Map();
      }
      const { items } = await this.#catalogApi.getEntitiesByRefs({
        entityRefs,
        fields: CONTACT,
      });
      return new Map(
        entityRefs.flatMap((ref, index) => {
          const found = items[index];
          return found ? [[ref, found] as const] : [];
        }),
      );
    });
  }

  throughApis(entity: Entity): Promise<Entity[]> {
    return once(this.#throughApis, entity, async () => {
      const consumed = relationTargets(entity, RELATION_CONSUMES_API);
      const provided = relationTargets(entity, RELATION_PROVIDES_API);
      const filter = [
        { key: `relations.${RELATION_PROVIDES_API}`, values: consumed },
        { key: `relations.${RELATION_CONSUMES_API}`, values: provided },
      ]
        .filter(({ values }) => values.length > 0)
        .map(({ key, values }) => ({ [key]: values }));
      if (filter.length === 0) {
        return [];
      }
      const { items } = await this.#catalogApi.queryEntities({
        filter,
        fields: [...LINE, 'spec.providesApis', 'spec.consumesApis'],
        limit: MOST_ENTITIES,
      });
      const self = stringifyEntityRef(entity);
      return items.filter(item => stringifyEntityRef(item) !== self);
    });
  }

  async members(groupRef: string): Promise<Beginning> {
    const { items, totalItems } = await this.#catalogApi.queryEntities({
      filter: { kind: 'user', 'relations.memberOf': groupRef },
      fields: CONTACT,
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: MOST_PEOPLE,
    });
    return { entities: items, total: totalItems };
  }

  groupsBelow(group: Entity): Promise<Branch[]> {
    return once(this.#groupsBelow, group, () =>
      this.#loadGroupsBelow(stringifyEntityRef(group)),
    );
  }

  async #loadGroupsBelow(groupRef: string): Promise<Branch[]> {
    const seen = new Set([groupRef]);
    const found: Branch[] = [];
    let level = [groupRef];
    // One request for each level of the tree
    for (
      let depth = 0;
      level.length > 0 && depth < MOST_LEVELS && found.length < MOST_ENTITIES;
      depth++
    ) {
      const { items } = await this.#catalogApi.queryEntities({
        filter: { kind: 'group', 'relations.childOf': level },
        fields: [...LINE, 'relations'],
        limit: MOST_ENTITIES,
      });
      const above = level;
      level = [];
      for (const group of items) {
        const ref = stringifyEntityRef(group);
        const parent = relationTargets(group, RELATION_CHILD_OF).find(target =>
          above.includes(target),
        );
        if (parent && !seen.has(ref)) {
          seen.add(ref);
          level.push(ref);
          found.push({ group, parent });
        }
      }
    }
    return found;
  }

  async ownedBy(ownerRefs: string[]): Promise<Beginning> {
    const { items, totalItems } = await this.#catalogApi.queryEntities({
      filter: {
        'relations.ownedBy': ownerRefs,
        kind: ['component', 'api', 'resource', 'system', 'domain', 'template'],
      },
      fields: LINE,
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: MOST_ENTITIES,
    });
    return { entities: items, total: totalItems };
  }

  async ancestors(entity: Entity): Promise<Entity[]> {
    const { items } = await this.#catalogApi.getEntityAncestors({
      entityRef: stringifyEntityRef(entity),
    });
    return items.map(item => item.entity);
  }
}

/** One request per entity; one that failed is made again. */
function once<T>(
  known: WeakMap<Entity, Promise<T>>,
  entity: Entity,
  load: () => Promise<T>,
): Promise<T> {
  const before = known.get(entity);
  if (before) {
    return before;
  }
  const loading = load();
  known.set(entity, loading);
  loading.catch(() => known.delete(entity));
  return loading;
}
