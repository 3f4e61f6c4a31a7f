import { useCallback, useEffect, useState } from 'react';

/** Where a request stands. */
export type Request<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error; readonly retry: () => void }
  | { readonly state: 'done'; readonly value: T };

/**
 * Asks once the component is there, and again on `retry`.
 *
 * @param load - the same function at every render, or it asks anew
 */
export function useRequest<T>(load: (signal: AbortSignal) => Promise<T>): Request<T> {
  const [request, setRequest] = useState<Request<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setRequest({ state: 'loading' });
    setAttempt(number => number + 1);
  }, []);

  useEffect(() => {
    const gone = new AbortController();
    load(gone.signal).then(
      value => gone.signal.aborted || setRequest({ state: 'done', value }),
      (error: Error) => gone.signal.aborted || setRequest({ state: 'failed', error, retry }),
    );
    return () => gone.abort();
  }, [load, attempt, retry]);

  return request;
}
