import { useApi } from '@backstage/frontend-plugin-api';
import type { GoldenPathsApi } from '@waymark/plugin-golden-paths-common';
import { useLoaded, type Report } from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';

/**
 * Loads a report; that of before stays until the next one is there.
 *
 * @param load - the same function as long as the same is asked for
 */
export function useReport<T>(
  load: (client: GoldenPathsApi, signal: AbortSignal) => Promise<T>,
): Report<T> & { isLoading: boolean } {
  const client = useApi(goldenPathsApiRef);
  return useLoaded(
    useCallback(signal => load(client, signal), [client, load]),
    { keep: true },
  );
}
