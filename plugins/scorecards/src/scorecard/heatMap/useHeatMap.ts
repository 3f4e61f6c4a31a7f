import { useApi } from '@backstage/frontend-plugin-api';
import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { scorecardsApiRef } from '../../api';

/** About 130 KB of JSON. */
const CELLS_PER_PAGE = 3000;

/** Which heat map. */
export interface HeatMapQuery {
  scorecardRef: string;
  by: HeatmapReport['by'];
  owner?: string;
  domain?: string;
  /** The number of columns, by which it is decided how many rows make a page. */
  rules: number;
}

/** What has been loaded after the first page of a heat map. */
interface Further {
  /** That first page: of another one it is worth nothing. */
  after: HeatmapReport;
  rows: HeatmapReport['rows'];
  nextCursor?: string;
  isLoading: boolean;
  error?: unknown;
}

/**
 * A heat map, page by page. That of before stays while another one is on its way.
 *
 * @returns `showMore` where there is more
 */
export function useHeatMap(query: HeatMapQuery) {
  const { scorecardRef, by, owner, domain, rules } = query;
  const client = useApi(scorecardsApiRef);
  const limit = Math.max(
    20,
    Math.min(100, Math.floor(CELLS_PER_PAGE / Math.max(rules, 1))),
  );
  const load = useCallback(
    (signal: AbortSignal, cursor?: string) =>
      client.getHeatmapReport(
        { scorecard: scorecardRef, by, owner, domain, limit, cursor },
        { signal },
      ),
    [client, scorecardRef, by, owner, domain, limit],
  );
  const first = useLoaded(
    useCallback((signal: AbortSignal) => load(signal), [load]),
    { keep: true },
  );
  const [further, setFurther] = useState<Further>();
  const abort = useRef<AbortController>();
  useEffect(() => () => abort.current?.abort(), [load]);

  const { value } = first;
  const mine = further && further.after === value ? further : undefined;
  const rows = value && mine ? [...value.rows, ...mine.rows] : value?.rows;
  const nextCursor = mine ? mine.nextCursor : value?.nextCursor;

  const showMore = async () => {
    if (!value || !nextCursor || mine?.isLoading) {
      return;
    }
    const before = { after: value, rows: mine?.rows ?? [], nextCursor };
    const controller = new AbortController();
    abort.current = controller;
    setFurther({ ...before, isLoading: true });
    try {
      const page = await load(controller.signal, nextCursor);
      setFurther({
        after: value,
        rows: [...before.rows, ...page.rows],
        nextCursor: page.nextCursor,
        isLoading: false,
      });
    } catch (error) {
      if (!controller.signal.aborted) {
        setFurther({ ...before, isLoading: false, error });
      }
    }
  };

  return {
    ...first,
    value: value && rows && { ...value, rows },
    more: nextCursor
      ? {
          show: showMore,
          isLoading: mine?.isLoading ?? false,
          error: mine?.error,
        }
      : undefined,
  };
}
