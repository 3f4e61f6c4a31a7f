import { ServiceScope } from './ServiceScope';

/**
 * Whether an entity is an active service: a component of a type in scope that is
 * still looked after.
 *
 * @internal
 */
export function isActiveService(
  entity: { kind: string; type?: string | null; lifecycle?: string | null },
  scope: ServiceScope,
): boolean {
  return (
    entity.kind.toLowerCase() === 'component' &&
    scope.types.includes((entity.type ?? '').toLowerCase()) &&
    !scope.exceptLifecycles.includes((entity.lifecycle ?? '').toLowerCase())
  );
}
