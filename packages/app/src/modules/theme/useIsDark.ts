import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';

const QUERY = '(prefers-color-scheme: dark)';

function subscribeToSystem(onChange: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** Whether it is the dark theme: by the reader's choice, else by their system's. */
export function useIsDark(): boolean {
  const appThemeApi = useApi(appThemeApiRef);
  const subscribeToChoice = useCallback(
    (onChange: () => void) => {
      const subscription = appThemeApi.activeThemeId$().subscribe(onChange);
      return () => subscription.unsubscribe();
    },
    [appThemeApi],
  );
  const chosen = useSyncExternalStore(subscribeToChoice, () =>
    appThemeApi.getActiveThemeId(),
  );
  const isSystemDark = useSyncExternalStore(
    subscribeToSystem,
    () => window.matchMedia(QUERY).matches,
  );
  return chosen === undefined ? isSystemDark : chosen === 'dark';
}
