import {
  RULE_OUTCOMES,
  type ScorecardResultsFilter,
  type ScorecardResultsRequest,
} from '@waymark/plugin-scorecards-common';
import { type PagePosition, useAddress } from '@waymark/ui';
import { useCallback, useMemo } from 'react';

/** What a list of results is narrowed to. */
export type ResultsFilter = Omit<ScorecardResultsFilter, 'scorecardRef'>;

/** Each is called in the address as in the API. */
export const FILTER_NAMES = [
  'search',
  'level',
  'rule',
  'outcome',
  'owner',
  'system',
  'domain',
  'tag',
  'asOf',
] as const;

/** What rows are ordered by. */
export type ResultsSort = NonNullable<ScorecardResultsRequest['sort']>;

const SORTS: string[] = ['name', '-name', 'level', '-level', 'score', '-score'];

function isSort(text: string | null): text is ResultsSort {
  return text !== null && SORTS.includes(text);
}

/**
 * What the list shows, all of it in the address. What nobody can have chosen there is
 * left aside. A change leads to the first page, and going back undoes it.
 */
export function useResultsAddress() {
  const [query, change] = useAddress();

  const filter = useMemo((): ResultsFilter => {
    const values = Object.fromEntries(
      FILTER_NAMES.map(name => [name, query.get(name) || undefined]),
    );
    const outcome = RULE_OUTCOMES.find(each => each === values.outcome);
    return { ...values, outcome };
  }, [query]);

  const wanted = query.get('sort');
  const sort: ResultsSort = isSort(wanted) ? wanted : 'name';

  const cursor = query.get('cursor') || undefined;
  const from = Math.max(0, Math.floor(Number(query.get('from')) || 0));
  const position = useMemo(
    (): PagePosition => (cursor ? { cursor, from } : { from: 0 }),
    [cursor, from],
  );

  const changeFilter = useCallback(
    (values: Partial<ResultsFilter>, options = { isStep: true }) =>
      change({ ...values, cursor: undefined, from: undefined }, options),
    [change],
  );
  const changeSort = useCallback(
    (next: ResultsSort) =>
      change(
        {
          sort: next === 'name' ? undefined : next,
          cursor: undefined,
          from: undefined,
        },
        { isStep: true },
      ),
    [change],
  );
  const goTo = useCallback(
    (next: PagePosition) =>
      change(
        {
          cursor: next.cursor,
          from: next.cursor ? String(next.from) : undefined,
        },
        { isStep: true },
      ),
    [change],
  );
  return { filter, changeFilter, sort, changeSort, position, goTo };
}
