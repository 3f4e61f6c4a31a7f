/**
 * The group of entities in whose sums the rollups of an entity are: of those that a
 * report takes all together, or not at all.
 *
 * @internal
 */
export function groupKey(entity: {
  kind: string;
  type?: string | null;
  lifecycle?: string | null;
  isDeleted: boolean;
}): string {
  const { kind, type, lifecycle, isDeleted } = entity;
  return JSON.stringify([kind, type ?? null, lifecycle ?? null, isDeleted]);
}
