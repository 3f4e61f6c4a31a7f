import {
  DEFAULT_NAMESPACE,
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';

/** As in the catalog: longer keys are left out, longer values are null. */
const MAX_LENGTH = 200;

/** By which reports go from group to group, and from system to domain. */
const UPWARDS = new Map([
  ['group', RELATION_CHILD_OF],
  ['system', RELATION_PART_OF],
]);

/**
 * The rows that the catalog's own search table has for an entity, as far as its
 * permission rules look at them: `kind`, `metadata.*`, `spec.*` and
 * `relations.ownedBy`, all in lower case. So a condition finds here what it finds
 * there. Groups and systems also say what they are part of.
 *
 * @public
 */
export function searchKeys(
  entity: Entity,
): { key: string; value: string | null }[] {
  const { name, namespace, uid, etag: _, ...metadata } = entity.metadata;
  const found = new Map<string, { key: string; value: string | null }>();

  function add(path: string, leaf: unknown) {
    const key = path.toLowerCase();
    if (key.length > MAX_LENGTH) {
      return;
    }
    const text =
      leaf === undefined || leaf === null ? null : String(leaf).toLowerCase();
    const value = text !== null && text.length > MAX_LENGTH ? null : text;
    found.set(JSON.stringify([key, value]), { key, value });
  }

  function visit(path: string, current: unknown) {
    if (Array.isArray(current)) {
      for (const item of current) {
        visit(path, item);
        // So that a filter can ask for several items of one list
        if (typeof item === 'string') {
          add(`${path}.${item}`, true);
        }
      }
    } else if (current && typeof current === 'object') {
      for (const [key, value] of Object.entries(current)) {
        visit(`${path}.${key}`, value);
      }
    } else {
      add(path, current);
    }
  }

  add('kind', entity.kind);
  add('metadata.name', name);
  add('metadata.namespace', namespace ?? null);
  add('metadata.namespace', namespace ?? DEFAULT_NAMESPACE);
  add('metadata.uid', uid);
  visit('metadata', metadata);
  if (entity.spec) {
    visit('spec', entity.spec);
  }
  const upwards = UPWARDS.get(entity.kind.toLowerCase());
  for (const { type, targetRef } of entity.relations ?? []) {
    if (type === RELATION_OWNED_BY || type === upwards) {
      add(`relations.${type}`, targetRef);
    }
  }
  return [...found.values()];
}
