import type { ReportRequest } from '@waymark/plugin-scorecards-common';
import { useAddress } from '@waymark/ui';
import { useMemo } from 'react';
import { DEFAULT_RANGE, RANGES, type Range } from './ranges';

/** What the dashboard is about, as its address says. */
export interface Filters {
  /** Without: all that are live. */
  scorecard?: string;
  domain?: string;
  owner?: string;
  range: Range;
  /** The same for reports; the same object as long as nothing changes. */
  request: ReportRequest;
  /** Some of it is changed; undefined removes. */
  change: (values: { [name: string]: string | undefined }) => void;
}

/** Reads what the dashboard is about from its address. */
export function useFilters(): Filters {
  const [query, change] = useAddress();
  const scorecard = query.get('scorecard') ?? undefined;
  const domain = query.get('domain') ?? undefined;
  const owner = query.get('owner') ?? undefined;
  const range =
    RANGES.find(({ id }) => id === query.get('range')) ?? DEFAULT_RANGE;
  return useMemo(
    () => ({
      scorecard,
      domain,
      owner,
      range,
      request: { scorecard, domain, owner },
      change,
    }),
    [scorecard, domain, owner, range, change],
  );
}
