import { createApiRef } from '@backstage/frontend-plugin-api';

/**
 * Opens search on top of the page that is shown.
 *
 * @public
 */
export interface QuickSearchApi {
  open(): void;
  close(): void;
  isOpen(): boolean;
  /** Calls back on each change; returns what ends that. */
  subscribe(onChange: () => void): () => void;
  /** Whether everything can be found yet; where nobody can tell, it can. */
  isIndexReady(): Promise<boolean>;
}

/**
 * The `ApiRef` of {@link QuickSearchApi}.
 *
 * @public
 */
export const quickSearchApiRef = createApiRef<QuickSearchApi>({
  id: 'plugin.search.quick-search',
});
