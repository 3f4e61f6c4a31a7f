import { useApi } from '@backstage/frontend-plugin-api';
import type { ScorecardsApi } from '@waymark/plugin-scorecards-common';
import { type Report, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';

/**
 * Loads a report.
 *
 * @param load - the same function as long as the same is asked for
 */
export function useReport<T>(
  load: (client: ScorecardsApi, signal: AbortSignal) => Promise<T>,
): Report<T> {
  const client = useApi(scorecardsApiRef);
  return useLoaded(
    useCallback(signal => load(client, signal), [client, load]),
    { keep: true },
  );
}
