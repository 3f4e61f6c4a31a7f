import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ScorecardSummary,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { dayBefore, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';

/** Points of a small trend: more than that one does not see. */
const POINTS = 30;

type Points = TrendReport['scorecards'][number]['points'];

/** The trends of all live ones of a page, in one request. */
export function useTrends(
  scorecards: ScorecardSummary[] | undefined,
  days: number,
) {
  const client = useApi(scorecardsApiRef);
  // A text, since the list is a new one whenever it is asked for again
  const refs = scorecards
    ?.filter(({ lifecycle }) => lifecycle === 'live')
    .map(({ scorecardRef }) => scorecardRef)
    .join();
  const load = useCallback(
    async (signal: AbortSignal): Promise<Map<string, Points> | undefined> => {
      if (!refs) {
        return refs === undefined ? undefined : new Map();
      }
      const every = Math.ceil(days / POINTS);
      const report = await client.getTrendReport(
        {
          scorecard: refs.split(','),
          from: dayBefore(days),
          ...(every > 1 && { every }),
        },
        { signal },
      );
      return new Map(
        report.scorecards.map(({ scorecardRef, points }) => [
          scorecardRef,
          points,
        ]),
      );
    },
    [client, refs, days],
  );
  return useLoaded(load);
}
