import { useApi } from '@backstage/frontend-plugin-api';
import type { SearchResult } from '@backstage/plugin-search-common';
import { searchApiRef } from '@backstage/plugin-search-react';
import { useCallback, useEffect, useState } from 'react';
import { quickSearchApiRef } from '../api/QuickSearchApi';

const WAIT_FOR_TYPING = 120;
const ASK_AGAIN = 2_000;
const MOST_RESULTS = 24;

/** What came of the last term that was searched for. */
export interface Searched {
  term: string;
  results: SearchResult[];
  error?: unknown;
  /** Nothing is found because nothing has been indexed. */
  isNotReady: boolean;
}

/** Searches while somebody types. */
export function useSearched(term: string): {
  searched: Searched;
  isLoading: boolean;
  retry: () => void;
} {
  const searchApi = useApi(searchApiRef);
  const quickSearch = useApi(quickSearchApiRef);
  const [attempt, setAttempt] = useState(0);
  const [searched, setSearched] = useState<Searched>({
    term: '',
    results: [],
    isNotReady: false,
  });
  const retry = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    if (!term) {
      setSearched({ term, results: [], isNotReady: false });
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    let again: ReturnType<typeof setTimeout> | undefined;

    const search = async () => {
      try {
        const { results } = await searchApi.query(
          { term, pageLimit: MOST_RESULTS },
          { signal },
        );
        const isNotReady =
          results.length === 0 && !(await quickSearch.isIndexReady());
        if (!signal.aborted) {
          setSearched({ term, results, isNotReady });
          if (isNotReady) {
            again = setTimeout(search, ASK_AGAIN);
          }
        }
      } catch (error) {
        if (!signal.aborted) {
          setSearched({ term, results: [], error, isNotReady: false });
        }
      }
    };
    const start = setTimeout(search, WAIT_FOR_TYPING);
    return () => {
      controller.abort();
      clearTimeout(start);
      clearTimeout(again);
    };
  }, [attempt, quickSearch, searchApi, term]);

  return { searched, isLoading: searched.term !== term, retry };
}
