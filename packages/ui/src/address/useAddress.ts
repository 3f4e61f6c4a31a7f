import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * What a view shows, kept in the query of its address, so that it can be linked to
 * and is there after going back.
 *
 * @returns the query, and a function that changes some of it; undefined removes. With
 * `isStep`, going back leads to what was there before
 * @public
 */
export function useAddress(): [
  query: URLSearchParams,
  change: (
    values: { [name: string]: string | undefined },
    options?: { isStep?: boolean },
  ) => void,
] {
  const [query, setQuery] = useSearchParams();
  const change = useCallback(
    (
      values: { [name: string]: string | undefined },
      { isStep = false }: { isStep?: boolean } = {},
    ) =>
      setQuery(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value) {
              after.set(name, value);
            } else {
              after.delete(name);
            }
          }
          return after;
        },
        { replace: !isStep },
      ),
    [setQuery],
  );
  return [query, change];
}
