import { useApi } from '@backstage/frontend-plugin-api';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../../api';

/** As many as one request brings. */
const LIMIT = 100;

/** How many exemptions each rule has, in one request for all of them. */
export function useExemptionCounts(scorecardRef: string) {
  const client = useApi(scorecardsApiRef);
  return useLoaded(
    useCallback(
      async (signal: AbortSignal) => {
        const page = await client.listExemptions(
          { scorecard: scorecardRef, state: 'approved', limit: LIMIT },
          { signal },
        );
        const counts = new Map<string, number>();
        for (const { ruleId } of page.items) {
          counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
        }
        return { counts, isAll: page.nextCursor === undefined };
      },
      [client, scorecardRef],
    ),
  );
}
