import { useCallback, useEffect, useRef, type RefObject } from 'react';

/**
 * Gives the focus to a place when what had it is gone: the button that opened a
 * dialog leaves with the row that the decision moved.
 *
 * @param rows - when it changes, the button may have gone
 * @returns `keep`: to be called when the dialog has gone
 */
export function useFocusKept(rows: unknown): {
  place: RefObject<HTMLDivElement>;
  keep: () => void;
} {
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  const check = useCallback(() => {
    if (wasOpen.current && document.activeElement === document.body) {
      place.current?.focus({ preventScroll: true });
    }
  }, []);
  const keep = useCallback(() => {
    wasOpen.current = true;
    // A dialog gives the focus back a frame after it has gone
    requestAnimationFrame(() => requestAnimationFrame(check));
  }, [check]);
  useEffect(check, [check, rows]);
  return { place, keep };
}
