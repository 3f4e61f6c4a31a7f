import { useApi } from '@backstage/frontend-plugin-api';
import { useTable, type TablePaginationProps } from '@backstage/ui';
import type {
  Exemption,
  ExemptionsRequest,
} from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { useMemo } from 'react';
import { scorecardsApiRef } from '../../api';

type ExemptionFilter = Pick<
  ExemptionsRequest,
  'scorecard' | 'state' | 'rule' | 'owner'
>;

/** Exemptions page by page, as the backend counts them off. */
export function useExemptions(options: {
  filter: ExemptionFilter;
  pageSize: number;
}): {
  /** Undefined while the first page is on its way. */
  exemptions?: Exemption[];
  /** What is shown belongs to the filter before. */
  isStale: boolean;
  error?: Error;
  pagination: TablePaginationProps;
  /** Starts over with the first page. */
  reload: () => void;
} {
  const client = useApi(scorecardsApiRef);
  const { scorecard, state, rule, owner } = options.filter;
  const { tableProps, reload } = useTable<Exemption, ExemptionFilter>({
    mode: 'cursor',
    filter: useMemo(
      () => ({ scorecard, state, rule, owner }),
      [scorecard, state, rule, owner],
    ),
    paginationOptions: {
      pageSize: options.pageSize,
      // One size is enough, and a list of one is no choice
      pageSizeOptions: [],
      getLabel: ({ totalCount = 0 }) =>
        totalCount === 1
          ? '1 exemption'
          : `${formatNumber(totalCount)} exemptions`,
    },
    getData: async ({ cursor, pageSize, filter, signal }) => {
      const page = await client.listExemptions(
        { ...filter, cursor, limit: pageSize },
        { signal },
      );
      return {
        data: page.items,
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  const { pagination } = tableProps;
  if (pagination.type !== 'page') {
    throw new Error('Expected the exemptions to be divided into pages');
  }
  return {
    exemptions: tableProps.data,
    isStale: tableProps.isStale ?? false,
    error: tableProps.error,
    pagination,
    reload,
  };
}
