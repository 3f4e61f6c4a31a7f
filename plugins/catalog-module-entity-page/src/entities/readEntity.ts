import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { readSpec } from '@waymark/ui';

/** A reference as the catalog spells it; undefined for what is none. */
export function toRef(
  text: string,
  defaults: { defaultKind: string; defaultNamespace?: string },
): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, defaults));
  } catch {
    return undefined;
  }
}

/** Who owns the entity, by its own words. */
export function readOwner(entity: Entity): string | undefined {
  const owner = readSpec(entity, 'owner');
  return (
    owner &&
    toRef(owner, {
      defaultKind: 'Group',
      defaultNamespace: entity.metadata.namespace,
    })
  );
}

/** Where the relations of some types lead, each target once. */
export function relationTargets(entity: Entity, ...types: string[]): string[] {
  const targets = (entity.relations ?? [])
    .filter(({ type }) => types.includes(type))
    .map(({ targetRef }) => targetRef);
  return [...new Set(targets)];
}
