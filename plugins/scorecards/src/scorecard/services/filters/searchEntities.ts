import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** Found at most; who does not find theirs types more of its name. */
const LIMIT = 50;

/** Of a group, its display name stands elsewhere than other titles. */
const TITLES = ['metadata.title', 'spec.profile.displayName', 'metadata.name'];

function titleOf({ metadata, spec }: Entity): string {
  const profile = spec?.profile;
  const displayName =
    typeof profile === 'object' && !Array.isArray(profile)
      ? profile?.displayName
      : undefined;
  return (
    metadata.title ??
    (typeof displayName === 'string' ? displayName : metadata.name)
  );
}

/**
 * Entities of a kind by a part of their name or title; the first ones without.
 */
export async function searchEntities(options: {
  catalogApi: CatalogApi;
  kind: string;
  text: string;
}): Promise<{ id: string; label: string }[]> {
  const { catalogApi, kind, text } = options;
  const { items } = await catalogApi.queryEntities({
    filter: { kind },
    fullTextFilter: text ? { term: text, fields: TITLES } : undefined,
    orderFields: { field: 'metadata.name', order: 'asc' },
    limit: LIMIT,
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'spec.profile.displayName',
    ],
  });
  return items
    .map(entity => ({ id: stringifyEntityRef(entity), label: titleOf(entity) }))
    .sort((one, two) => one.label.localeCompare(two.label));
}
