import { useApi } from '@backstage/frontend-plugin-api';
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { quickSearchApiRef } from '../api/QuickSearchApi';
import { isShortcut } from '../trigger/shortcut';
import { TypeAhead } from './TypeAhead';

const Palette = lazy(() =>
  import('./Palette').then(module => ({ default: module.Palette })),
);

/** All of it that a page carries before somebody searches: a listener. */
export function QuickSearch() {
  const quickSearch = useApi(quickSearchApiRef);
  const { close, isOpen, open, subscribe } = quickSearch;
  const opened = useSyncExternalStore(subscribe, isOpen);
  const typed = useRef('');

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isShortcut(event)) {
        event.preventDefault();
        event.stopPropagation();
        if (isOpen()) {
          close();
        } else {
          open();
        }
      }
    };
    // Before the fields of the page see it
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () =>
      window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [close, isOpen, open]);

  return opened ? (
    <Suspense fallback={<TypeAhead typed={typed} onClose={close} />}>
      <Palette typed={typed} onClose={close} />
    </Suspense>
  ) : null;
}
