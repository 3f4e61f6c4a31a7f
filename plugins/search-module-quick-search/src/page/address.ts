import type { SearchContextState } from '@backstage/plugin-search-react';
import type { JsonObject } from '@backstage/types';
import qs from 'qs';

/** The state of a search, from an address such as Backstage's own pages link to. */
export function readSearch(search: string): SearchContextState {
  const query = qs.parse(search, { ignoreQueryPrefix: true, arrayLimit: 100 });
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    term: text(query.query),
    types: [query.types ?? []].flat().map(text).filter(Boolean),
    filters: isFilters(query.filters) ? query.filters : {},
    pageCursor: text(query.pageCursor) || undefined,
  };
}

/** Its address. */
export function writeSearch(state: SearchContextState): string {
  const { term, types, filters, pageCursor } = state;
  return qs.stringify(
    { query: term || undefined, types, filters, pageCursor },
    { arrayFormat: 'brackets' },
  );
}

function isFilters(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
