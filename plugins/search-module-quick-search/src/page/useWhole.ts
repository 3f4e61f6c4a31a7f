import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { quickSearchApiRef } from '../api/QuickSearchApi';

const ASK_AGAIN = 2_000;

/**
 * Whether these results are of an index of everything; undefined until that is
 * known. Calls back as soon as there is a better one.
 *
 * @internal
 */
export function useWhole(options: {
  results: unknown;
  onWhole: () => void;
}): boolean | undefined {
  const { results } = options;
  const quickSearch = useApi(quickSearchApiRef);
  const [isWhole, setIsWhole] = useState<boolean>();
  const onWhole = useRef(options.onWhole);
  onWhole.current = options.onWhole;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = results !== undefined;
    let wasWaiting = false;
    const ask = async () => {
      // Search has its own way to say that nobody answers
      const isReady = await quickSearch.isIndexReady().catch(() => true);
      if (!isCurrent) {
        return;
      }
      if (isReady && wasWaiting) {
        setIsWhole(undefined);
        onWhole.current();
        return;
      }
      setIsWhole(isReady);
      if (!isReady) {
        wasWaiting = true;
        timer = setTimeout(ask, ASK_AGAIN);
      }
    };
    if (isCurrent) {
      ask();
    }
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [quickSearch, results]);

  return isWhole;
}
