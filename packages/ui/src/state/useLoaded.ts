import { useCallback, useEffect, useState } from 'react';

/**
 * Loads something once per `load` function, and again on request. What is no longer
 * wanted is told to stop.
 *
 * @param load - ends early when its signal is aborted
 * @param options - `keep`: what was loaded before stays until the next is there
 * @public
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  options: { keep?: boolean } = {},
): {
  value?: T;
  error?: unknown;
  /** Something is on its way; with `keep`, `value` may be that of before. */
  isLoading: boolean;
  retry: () => void;
} {
  const { keep = false } = options;
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{
    value?: T;
    error?: unknown;
    isLoading: boolean;
  }>({ isLoading: true });

  useEffect(() => {
    const abort = new AbortController();
    setResult(before => ({
      value: keep ? before.value : undefined,
      isLoading: true,
    }));
    load(abort.signal).then(
      value => !abort.signal.aborted && setResult({ value, isLoading: false }),
      error => !abort.signal.aborted && setResult({ error, isLoading: false }),
    );
    return () => abort.abort();
  }, [load, attempt, keep]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...result, retry };
}
