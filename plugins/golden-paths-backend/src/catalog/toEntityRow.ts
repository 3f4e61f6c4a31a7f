import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** Of the columns; more is no title, type or lifecycle anyway. */
const MAX_LENGTH = 255;

/**
 * What is kept of an entity, by column.
 *
 * @internal
 */
export interface EntityRow {
  ref: string;
  kind: string;
  type: string | undefined;
  lifecycle: string | undefined;
  title: string | undefined;
  etag: string;
  owner_ref: string | undefined;
  system_ref: string | undefined;
}

/** @internal */
export function toEntityRow(entity: Entity): EntityRow {
  const { kind, metadata, spec } = entity;
  return {
    ref: stringifyEntityRef(entity),
    kind: kind.toLocaleLowerCase('en-US'),
    type: text(spec?.type),
    lifecycle: text(spec?.lifecycle),
    title: text(metadata.title),
    etag: metadata.etag ?? '',
    owner_ref: target(entity, RELATION_OWNED_BY),
    system_ref: target(entity, RELATION_PART_OF, of => of === 'system'),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : undefined;
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
