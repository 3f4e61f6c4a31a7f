import {
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { nameOf } from '@waymark/ui';
import type { EntityRow } from '../entities/EntityRows';
import { relationTargets, toRef } from '../entities/readEntity';
import type { EntitiesByRef } from '../neighbours/NeighboursApi';

/** Both directions, what is named directly first. */
export interface Dependencies {
  providedBy: EntityRow[];
  dependsOn: EntityRow[];
  usedBy: EntityRow[];
}

/** Whether anything is to be found in either direction. */
export function hasDependencies(entity: Entity): boolean {
  return (
    relationTargets(
      entity,
      RELATION_DEPENDS_ON,
      RELATION_DEPENDENCY_OF,
      RELATION_CONSUMES_API,
      RELATION_PROVIDES_API,
      RELATION_API_PROVIDED_BY,
      RELATION_API_CONSUMED_BY,
    ).length > 0
  );
}

function rowsOf(refs: string[], related: EntitiesByRef): EntityRow[] {
  return refs.flatMap(entityRef => {
    const entity = related.get(entityRef);
    return entity ? [{ entityRef, entity }] : [];
  });
}

/** The APIs that a component says it provides or consumes. */
function statedApis(
  component: Entity,
  field: 'providesApis' | 'consumesApis',
): string[] {
  const stated = component.spec?.[field];
  return (Array.isArray(stated) ? stated : []).flatMap(
    text =>
      (typeof text === 'string' &&
        toRef(text, {
          defaultKind: 'API',
          defaultNamespace: component.metadata.namespace,
        })) ||
      [],
  );
}

function rowsThrough(
  apiRefs: string[],
  components: Entity[],
  field: 'providesApis' | 'consumesApis',
  related: EntitiesByRef,
): EntityRow[] {
  return components.flatMap(entity => {
    const names = statedApis(entity, field)
      .filter(ref => apiRefs.includes(ref))
      .flatMap(ref => {
        const api = related.get(ref);
        return api ? [nameOf(api)] : [];
      });
    return names.length > 0
      ? [
          {
            entityRef: stringifyEntityRef(entity),
            entity,
            note: `through the API ${names.join(', ')}`,
          },
        ]
      : [];
  });
}

function firstOfEach(rows: EntityRow[]): EntityRow[] {
  return rows.filter(
    ({ entityRef }, index) =>
      rows.findIndex(row => row.entityRef === entityRef) === index,
  );
}

/**
 * What an entity depends on and what depends on it: by name, and across APIs. An
 * API that nobody in the catalog provides stands for itself.
 */
export function collectDependencies(options: {
  entity: Entity;
  related: EntitiesByRef;
  throughApis: Entity[];
}): Dependencies {
  const { entity, related, throughApis } = options;
  const consumed = relationTargets(entity, RELATION_CONSUMES_API);
  const provided = relationTargets(entity, RELATION_PROVIDES_API);
  const withProvider = new Set(
    throughApis.flatMap(item => statedApis(item, 'providesApis')),
  );
  return {
    providedBy: rowsOf(
      relationTargets(entity, RELATION_API_PROVIDED_BY),
      related,
    ),
    dependsOn: firstOfEach([
      ...rowsOf(relationTargets(entity, RELATION_DEPENDS_ON), related),
      ...rowsThrough(consumed, throughApis, 'providesApis', related),
      ...rowsOf(
        consumed.filter(ref => !withProvider.has(ref)),
        related,
      ),
    ]),
    usedBy: firstOfEach([
      ...rowsOf(
        relationTargets(
          entity,
          RELATION_DEPENDENCY_OF,
          RELATION_API_CONSUMED_BY,
        ),
        related,
      ),
      ...rowsThrough(provided, throughApis, 'consumesApis', related),
    ]),
  };
}
