import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { canonicalJson } from '@waymark/backend-support';

/** Of the column; more is no title anyway. */
const MAX_TITLE = 255;

/**
 * What is kept of an entity.
 *
 * @internal
 */
export interface Subject {
  ref: string;
  kind: string;
  title: string | undefined;
  etag: string;
  ownerRef: string | undefined;
  systemRef: string | undefined;
  /** What rules see, as JSON. */
  document: string;
}

function target(
  entity: Entity,
  type: string,
  matches: (kind: string) => boolean = () => true,
): string | undefined {
  return entity.relations?.find(
    relation =>
      relation.type === type &&
      matches(parseEntityRef(relation.targetRef).kind),
  )?.targetRef;
}

/** @internal */
export function toSubject(entity: Entity): Subject {
  const { apiVersion, kind, spec, relations = [] } = entity;
  const { uid: _, etag = '', ...metadata } = entity.metadata;
  return {
    ref: stringifyEntityRef(entity),
    kind: kind.toLocaleLowerCase('en-US'),
    title: entity.metadata.title?.slice(0, MAX_TITLE),
    etag,
    ownerRef: target(entity, RELATION_OWNED_BY),
    systemRef: target(entity, RELATION_PART_OF, of => of === 'system'),
    // Without the status, which tells of the catalog's work and not of the entity
    document: canonicalJson({ apiVersion, kind, metadata, spec, relations }),
  };
}
