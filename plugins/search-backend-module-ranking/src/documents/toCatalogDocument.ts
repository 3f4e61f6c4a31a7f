import {
  DEFAULT_NAMESPACE,
  isGroupEntity,
  isUserEntity,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogCollatorEntityTransformer } from '@backstage/plugin-search-backend-module-catalog';
import { wordsOf } from '../ranking/wordsOf';

/**
 * What is known of an entity when searching. Every document has every field: the
 * engine in memory takes the fields of the first one for those of all.
 *
 * @internal
 */
export const toCatalogDocument: CatalogCollatorEntityTransformer = entity => {
  const { metadata, spec = {} } = entity;
  const profile =
    isUserEntity(entity) || isGroupEntity(entity)
      ? entity.spec.profile
      : undefined;
  const title = metadata.title ?? profile?.displayName ?? metadata.name;
  const email = profile?.email ?? '';
  const type = textOf(spec.type) || 'other';

  return {
    title,
    name: metadata.name,
    email,
    // The parts of a name, which engines take for one word, and the whole of it
    words: [
      ...new Set([
        ...[title, metadata.name, email].flatMap(wordsOf),
        wordsOf(metadata.name).join(''),
      ]),
    ].join(' '),
    text: metadata.description ?? '',
    kind: entity.kind,
    type,
    componentType: type,
    namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
    lifecycle: textOf(spec.lifecycle),
    owner: targetOf(entity, RELATION_OWNED_BY) ?? textOf(spec.owner),
    system: targetOf(entity, RELATION_PART_OF) ?? '',
    tags: metadata.tags ?? [],
  };
};

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** As a reference: the same team is written in more than one way in a file. */
function targetOf(entity: Entity, relation: string): string | undefined {
  return entity.relations
    ?.filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef)
    .find(
      ref =>
        relation !== RELATION_PART_OF || parseEntityRef(ref).kind === 'system',
    );
}
