import { Entity } from '@backstage/catalog-model';

/**
 * What an entity is related to in some way, each once.
 *
 * @internal
 */
export function targetsOf(entity: Entity, type: string): string[] {
  const targets = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
  return [...new Set(targets)];
}
