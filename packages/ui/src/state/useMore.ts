import { useCallback, useEffect, useReducer, useRef } from 'react';

/**
 * What a cursor leads to.
 *
 * @public
 */
export interface ListPart {
  items: unknown[];
  totalItems?: number;
  nextCursor?: string;
}

/**
 * A list that is loaded in parts, as far as the reader asked for.
 *
 * @public
 */
export interface MoreState<P extends ListPart> {
  /** All parts so far; undefined: the first one is on its way. */
  items?: P['items'];
  /** The first part, with whatever else it says. */
  first?: P;
  hasMore: boolean;
  isLoading: boolean;
  error?: unknown;
  showMore(): void;
  /** Tries again what failed. */
  retry(): void;
  /** Begins anew, and keeps showing what was there. */
  reload(): void;
}

interface Shown<P extends ListPart> {
  load?: unknown;
  parts: P[];
  items?: P['items'];
  isLoading: boolean;
  error?: unknown;
}

/**
 * Loads a list in parts.
 *
 * @param load - the same function as long as the list is the same
 * @public
 */
export function useMore<P extends ListPart>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
): MoreState<P> {
  const [state, update] = useReducer(
    (before: Shown<P>, change: Partial<Shown<P>>) => ({
      ...before,
      ...change,
    }),
    { parts: [], isLoading: true },
  );
  const controller = useRef<AbortController>();

  const fetchPart = useCallback(
    async (parts: P[]) => {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      update({ isLoading: true, error: undefined });
      try {
        const part = await load(parts.at(-1)?.nextCursor, own.signal);
        if (!own.signal.aborted) {
          const all = [...parts, part];
          update({
            load,
            parts: all,
            items: all.flatMap(({ items }) => items),
            isLoading: false,
          });
        }
      } catch (error) {
        if (!own.signal.aborted) {
          update({ isLoading: false, error });
        }
      }
    },
    [load],
  );

  useEffect(() => {
    fetchPart([]);
    return () => controller.current?.abort();
  }, [fetchPart]);

  const { parts, items, isLoading, error } = state;
  const isOfThis = state.load === load;
  return {
    items,
    first: parts[0],
    hasMore: isOfThis && parts.at(-1)?.nextCursor !== undefined,
    isLoading,
    error,
    showMore: () => fetchPart(parts),
    retry: () => fetchPart(isOfThis ? parts : []),
    reload: () => fetchPart([]),
  };
}
