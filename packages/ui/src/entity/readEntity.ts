import type { Entity } from '@backstage/catalog-model';

/**
 * A field of the specification, where it is a string and not an empty one.
 *
 * @public
 */
export function readSpec(entity: Entity, field: string): string | undefined {
  const value = entity.spec?.[field];
  return typeof value === 'string' && value.trim() ? value : undefined;
}

/**
 * A field of the profile of a group or a person.
 *
 * @public
 */
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

/**
 * What people call the entity, where it is loaded; for a mere reference there is
 * `useEntityPresentation` of the catalog.
 *
 * @public
 */
export function nameOf(entity: Entity): string {
  return (
    readProfile(entity, 'displayName') ??
    entity.metadata.title ??
    entity.metadata.name
  );
}
