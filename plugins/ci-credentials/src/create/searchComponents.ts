import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** Found at most; who does not find theirs types more of its name. */
const LIMIT = 20;

/** A component that can be chosen. @internal */
export interface ComponentChoice {
  /** Full entity ref. */
  ref: string;
  label: string;
  description?: string;
}

/**
 * Components by a part of their name or title; the first ones without.
 *
 * @internal
 */
export async function searchComponents(options: {
  catalogApi: CatalogApi;
  text: string;
}): Promise<ComponentChoice[]> {
  const { catalogApi, text } = options;
  const { items } = await catalogApi.queryEntities({
    filter: { kind: 'component' },
    fullTextFilter: text
      ? { term: text, fields: ['metadata.name', 'metadata.title'] }
      : undefined,
    orderFields: { field: 'metadata.name', order: 'asc' },
    limit: LIMIT,
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.description',
    ],
  });
  return items.map(entity => ({
    ref: stringifyEntityRef(entity),
    label: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description,
  }));
}
