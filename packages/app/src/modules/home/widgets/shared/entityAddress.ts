import {
  DEFAULT_NAMESPACE,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** What a list needs of an entity, to name it and to lead to it. */
export const NAME_FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
];

/** The page of an entity. */
export function toEntityPath(ref: CompoundEntityRef): string {
  const parts = [ref.namespace, ref.kind.toLowerCase(), ref.name];
  return `/catalog/${parts.map(encodeURIComponent).join('/')}`;
}

/** The catalog, with what these groups or people own of a kind. */
export function toOwnedPath(options: {
  kind: string;
  owners: string[];
}): string {
  const query = new URLSearchParams({
    'filters[kind]': options.kind,
    'filters[user]': 'all',
  });
  options.owners.forEach((owner, index) =>
    query.append(`filters[owners][${index}]`, owner),
  );
  return `/catalog?${query}`;
}

/** The page of an entity as it came from the catalog. */
export function toPath(entity: Entity): string {
  const { name, namespace = DEFAULT_NAMESPACE } = entity.metadata;
  return toEntityPath({ kind: entity.kind, namespace, name });
}
