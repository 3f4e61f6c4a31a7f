import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ScorecardResultRow,
  ScorecardResultsFilter,
} from '@waymark/plugin-scorecards-common';
import { type ListPage, type PagePosition, useLoaded } from '@waymark/ui';
import { useCallback, useRef } from 'react';
import { scorecardsApiRef } from '../../api';
import { useScorecard } from '../ScorecardContext';
import type { ResultsFilter, ResultsSort } from './useResultsAddress';

/** A page, and whose it is. */
export interface ResultsPage extends ListPage<ScorecardResultRow> {
  /** Those of this page. */
  filter: ResultsFilter;
}

/** A rule alone narrows nothing: it only gets a column of its own. */
export function toRequestFilter(
  scorecardRef: string,
  filter: ResultsFilter,
): ScorecardResultsFilter {
  const { rule, ...others } = filter;
  return { scorecardRef, ...others, ...(filter.outcome && { rule }) };
}

/** So many that a page is some kilobytes, however many rules there are. */
function rowsPerPage(rules: number): number {
  return rules > 40 ? 25 : 50;
}

/**
 * A page of the results; the one before stays until it is there.
 */
export function useResults(request: {
  filter: ResultsFilter;
  sort: ResultsSort;
  position: PagePosition;
}) {
  const client = useApi(scorecardsApiRef);
  const { scorecardRef, rules } = useScorecard();
  const limit = rowsPerPage(rules.length);
  // The backend counts along with the first page; who opens another one by its
  // address has to ask for it
  const totals = useRef(new Map<string, number>());

  const { filter, sort, position } = request;
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      async (signal: AbortSignal): Promise<ResultsPage> => {
        const wanted = toRequestFilter(scorecardRef, filter);
        const key = JSON.stringify(wanted);
        const { cursor, from } = position;
        const [page, counted] = await Promise.all([
          client.getResults({ ...wanted, sort, cursor, limit }, { signal }),
          cursor && !totals.current.has(key)
            ? client.getResults({ ...wanted, limit: 1 }, { signal })
            : undefined,
        ]);
        const total = page.totalItems ?? counted?.totalItems;
        if (total !== undefined) {
          totals.current.set(key, total);
        }
        return {
          items: page.items,
          totalItems: totals.current.get(key),
          position,
          filter,
          ...(page.nextCursor && {
            next: { cursor: page.nextCursor, from: from + page.items.length },
          }),
        };
      },
      [client, scorecardRef, filter, sort, position, limit],
    ),
    { keep: true },
  );
  return { page: value, error, isLoading, retry };
}
