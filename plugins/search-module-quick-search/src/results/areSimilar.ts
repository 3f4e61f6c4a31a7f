import type { SearchResult } from '@backstage/plugin-search-common';

/** Whether nothing has what was searched for, and these have something like it. */
export function areSimilar(results: SearchResult[]): boolean {
  return (
    results.length > 0 &&
    results.every(({ document }) => Reflect.get(document, 'isSimilar') === true)
  );
}
