import { useCallback, useEffect, useState } from 'react';

/**
 * Loads something once per `load` function, and again on request.
 *
 * @public
 */
export function useLoaded<T>(load: () => Promise<T>): {
  value?: T;
  error?: unknown;
  retry: () => void;
} {
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ value?: T; error?: unknown }>({});

  useEffect(() => {
    let isCurrent = true;
    setResult({});
    load().then(
      value => isCurrent && setResult({ value }),
      error => isCurrent && setResult({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [load, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...result, retry };
}
