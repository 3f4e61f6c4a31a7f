import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** A field of the specification, where it is a string and not an empty one. */
export function readSpec(entity: Entity, field: string): string | undefined {
  const value = entity.spec?.[field];
  return typeof value === 'string' && value.trim() ? value : undefined;
}

/** A field of the profile of a group or a person. */
export function readProfile(
  entity: Entity,
  field: 'displayName' | 'email' | 'picture',
): string | undefined {
  const profile = entity.spec?.profile;
  if (typeof profile !== 'object' || !profile || Array.isArray(profile)) {
    return undefined;
  }
  const value = profile[field];
  return typeof value === 'string' && value.trim() ? value : undefined;
}

/** What people call the entity. */
export function nameOf(entity: Entity): string {
  return (
    readProfile(entity, 'displayName') ??
    entity.metadata.title ??
    entity.metadata.name
  );
}

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
