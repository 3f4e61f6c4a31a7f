import {
  useCallback,
  useLayoutEffect,
  useRef,
  type FocusEvent,
  type KeyboardEvent,
} from 'react';

/** What can have the focus in a grid carries this; all but one of them are skipped by Tab. */
const STOP = '[data-stop]';

const PAGE_ROWS = 10;

function stopsOf(row: Element | undefined): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>(STOP) ?? [])];
}

/** The stop in the same column, or the name of the row. */
function stopLike(
  row: Element | undefined,
  stop: HTMLElement,
): HTMLElement | undefined {
  const stops = stopsOf(row);
  return (
    stops.find(({ dataset }) => dataset.stop === stop.dataset.stop) ??
    stops.find(({ dataset }) => dataset.stop === 'name')
  );
}

function findNext(
  table: Element,
  stop: HTMLElement,
  event: KeyboardEvent,
): HTMLElement | undefined {
  const rows = [...table.querySelectorAll('tbody > tr')];
  const row = rows.findIndex(each => each.contains(stop));
  const stops = stopsOf(rows[row]);
  const place = stops.indexOf(stop);
  const wholeTable = event.ctrlKey || event.metaKey;
  const last = rows.length - 1;
  switch (event.key) {
    case 'ArrowRight':
      return stops[place + 1];
    case 'ArrowLeft':
      return stops[place - 1];
    case 'ArrowDown':
      return stopLike(rows[row + 1], stop);
    case 'ArrowUp':
      return stopLike(rows[row - 1], stop);
    case 'PageDown':
      return stopLike(rows[Math.min(row + PAGE_ROWS, last)], stop);
    case 'PageUp':
      return stopLike(rows[Math.max(row - PAGE_ROWS, 0)], stop);
    case 'Home':
      return wholeTable ? stopsOf(rows[0])[0] : stops[0];
    case 'End':
      return (wholeTable ? stopsOf(rows[last]) : stops).at(-1);
    default:
      return undefined;
  }
}

/**
 * Makes a table one stop for the Tab key, and the arrow keys move within it: there
 * may be thousands of links in it. Rendering knows nothing of it, since a move would
 * otherwise draw thousands of cells.
 *
 * What can have the focus is rendered with `tabIndex={-1}` and
 * `data-stop="<column>"`, the name of the row with `data-stop="name"`.
 */
export function useGridKeys() {
  const ref = useRef<HTMLTableElement>(null);

  // After each rendering, since the row that had the focus may be folded away
  useLayoutEffect(() => {
    const table = ref.current;
    if (table && !table.querySelector(`${STOP}[tabindex="0"]`)) {
      table.querySelector(STOP)?.setAttribute('tabindex', '0');
    }
  });

  const onFocus = useCallback((event: FocusEvent<HTMLTableElement>) => {
    const stop = event.target.closest(STOP);
    if (stop) {
      for (const before of event.currentTarget.querySelectorAll(
        `${STOP}[tabindex="0"]`,
      )) {
        before.setAttribute('tabindex', '-1');
      }
      stop.setAttribute('tabindex', '0');
    }
  }, []);

  const onKeyDown = useCallback((event: KeyboardEvent<HTMLTableElement>) => {
    const stop =
      event.target instanceof HTMLElement
        ? event.target.closest<HTMLElement>(STOP)
        : null;
    if (stop && !event.altKey && !event.shiftKey) {
      const next = findNext(event.currentTarget, stop, event);
      if (next) {
        event.preventDefault();
        next.focus();
      }
    }
  }, []);

  return { ref, onFocus, onKeyDown };
}
