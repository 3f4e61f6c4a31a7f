import { useEffect, useState } from 'react';

/**
 * Loads something once per `load` function; `failed` after an error.
 *
 * @internal
 */
export function useLoaded<T>(load: () => Promise<T>): {
  value?: T;
  failed: boolean;
} {
  const [result, setResult] = useState<{ value?: T; failed: boolean }>({
    failed: false,
  });

  useEffect(() => {
    let isCurrent = true;
    load().then(
      value => isCurrent && setResult({ value, failed: false }),
      () => isCurrent && setResult({ failed: true }),
    );
    return () => {
      isCurrent = false;
    };
  }, [load]);

  return result;
}
