import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
} from '@waymark/plugin-scorecards-node';
import { CatalogLookup } from './CatalogLookup';
import { FACTS } from './facts';
import { MissingRefs } from './MissingRefs';
import { targetsOf } from './targetsOf';

/** More would say no more, and a fact is small. */
const MAX_DANGLING = 100;

/** People and groups own; they are not owned. */
const WITHOUT_OWNER = new Set(['user', 'group', 'location']);
const WITH_SYSTEM = new Set(['component', 'api', 'resource']);

const DOCS_ANNOTATIONS = [
  'backstage.io/techdocs-ref',
  'backstage.io/techdocs-entity',
];

/**
 * What the catalog tells about an entity and what it is related to.
 *
 * @internal
 */
export class CatalogCollector implements FactCollector {
  readonly id = 'catalog';
  readonly title = 'Catalog';
  readonly facts = FACTS;
  readonly appliesTo = { $not: { kind: 'Location' } };
  /** Changes of the entity itself are seen at once; this is for those of others. */
  readonly every = { hours: 1 };
  readonly batchSize = 200;
  readonly #lookup: CatalogLookup;
  readonly #missing: MissingRefs;

  constructor(options: { lookup: CatalogLookup; missing: MissingRefs }) {
    this.#lookup = options.lookup;
    this.#missing = options.missing;
  }

  start(control: CollectorControl): void {
    this.#missing.start(control);
  }

  async *collect(options: CollectOptions): AsyncGenerator<CollectedFacts> {
    const { entities, signal } = options;
    const existing = await this.#lookup.existing(
      entities.flatMap(({ relations = [] }) =>
        relations.map(({ targetRef }) => targetRef),
      ),
      signal,
    );
    const members = await this.#lookup.memberCounts(
      entities.flatMap(entity =>
        targetsOf(entity, RELATION_OWNED_BY).filter(ref => existing.has(ref)),
      ),
      signal,
    );
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      const values = factsOf(entity, existing, members);
      this.#missing.remember(entityRef, values['catalog.relations.dangling']);
      yield {
        entityRef,
        facts: Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [{ name, value }],
        ),
      };
    }
  }
}

function factsOf(
  entity: Entity,
  existing: ReadonlySet<string>,
  members: ReadonlyMap<string, number>,
) {
  const { annotations = {}, description = '' } = entity.metadata;
  const kind = entity.kind.toLowerCase();
  const owners = targetsOf(entity, RELATION_OWNED_BY);
  const systems = targetsOf(entity, RELATION_PART_OF).filter(
    ref => parseEntityRef(ref).kind === 'system',
  );
  const targets = new Set(
    (entity.relations ?? []).map(({ targetRef }) => targetRef),
  );
  const isOwned = !WITHOUT_OWNER.has(kind) || owners.length > 0;
  return {
    'catalog.owner.resolves': isOwned ? areThere(owners, existing) : undefined,
    'catalog.owner.members': isOwned
      ? Math.max(0, ...owners.map(owner => members.get(owner) ?? 0))
      : undefined,
    'catalog.description.length': [...description.trim()].length,
    'catalog.docs.annotated': DOCS_ANNOTATIONS.some(name =>
      Boolean(annotations[name]?.trim()),
    ),
    'catalog.system.resolves':
      WITH_SYSTEM.has(kind) || systems.length > 0
        ? areThere(systems, existing)
        : undefined,
    'catalog.relations.dangling': [...targets]
      .filter(ref => !existing.has(ref))
      .sort()
      .slice(0, MAX_DANGLING),
    'catalog.providesApis': targetsOf(entity, RELATION_PROVIDES_API).length,
  };
}

function areThere(refs: string[], existing: ReadonlySet<string>): boolean {
  return refs.length > 0 && refs.every(ref => existing.has(ref));
}
