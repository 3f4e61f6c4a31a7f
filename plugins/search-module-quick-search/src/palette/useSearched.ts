import { useApi } from '@backstage/frontend-plugin-api';
import type { SearchResult } from '@backstage/plugin-search-common';
import { searchApiRef } from '@backstage/plugin-search-react';
import { useCallback, useEffect, useState } from 'react';
import { quickSearchApiRef } from '../api/QuickSearchApi';
import { areSimilar } from '../results/areSimilar';

const WAIT_FOR_TYPING = 120;
const ASK_AGAIN = 2_000;
const MOST_RESULTS = 24;
const NOTHING = { results: [], isSimilar: false, isFilling: false };

/** What came of the last term that was searched for. */
export interface Searched {
  term: string;
  results: SearchResult[];
  error?: unknown;
  /** Nothing has what was searched for; the results have something like it. */
  isSimilar: boolean;
  /** There may be more, or better: not everything has been indexed yet. */
  isFilling: boolean;
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
    ...NOTHING,
  });
  const retry = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    if (!term) {
      setSearched({ term, ...NOTHING });
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    let again: ReturnType<typeof setTimeout> | undefined;

    const search = async () => {
      try {
        // Before the results: those of an index that is whole by then are all
        const isFilling = !(await quickSearch.isIndexReady());
        const { results } = await searchApi.query(
          { term, pageLimit: MOST_RESULTS },
          { signal },
        );
        if (!signal.aborted) {
          const isSimilar = areSimilar(results);
          setSearched({
            term,
            // What is like it now says nothing as long as it may be there itself
            results: isSimilar && isFilling ? [] : results,
            isSimilar,
            isFilling,
          });
          if (isFilling) {
            again = setTimeout(search, ASK_AGAIN);
          }
        }
      } catch (error) {
        if (!signal.aborted) {
          setSearched({ term, ...NOTHING, error });
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
