import { useApi } from '@backstage/frontend-plugin-api';
import { useTable, type TablePaginationProps } from '@backstage/ui';
import type {
  CiCredential,
  CiCredentialState,
} from '@waymark/plugin-ci-credentials-common';
import { useCallback, useMemo, useState } from 'react';
import { ciCredentialsApiRef } from '../api';

const PAGE_SIZE = 20;

/** What the list is narrowed to. @internal */
export interface CredentialFilter {
  entityRef?: string;
  state?: CiCredentialState;
}

/**
 * The credentials page by page, as the backend counts them off.
 *
 * @internal
 */
export function useCredentials(filter: CredentialFilter): {
  /** Undefined while the first page is on its way. */
  credentials?: CiCredential[];
  /** What is shown belongs to the filter before. */
  isStale: boolean;
  error?: Error;
  pagination: TablePaginationProps;
  /** Starts over with the first page. */
  reload: () => void;
  /** Shows what a credential has become, wherever it stands. */
  replace: (credential: CiCredential) => void;
} {
  const client = useApi(ciCredentialsApiRef);
  const [replaced, setReplaced] = useState(new Map<string, CiCredential>());

  const { entityRef, state } = filter;
  const { tableProps, reload } = useTable<CiCredential, CredentialFilter>({
    mode: 'cursor',
    filter: useMemo(() => ({ entityRef, state }), [entityRef, state]),
    paginationOptions: {
      pageSize: PAGE_SIZE,
      // One size is enough, and a list of one is no choice
      pageSizeOptions: [],
      getLabel: ({ totalCount }) =>
        totalCount === 1 ? '1 credential' : `${totalCount} credentials`,
    },
    getData: async ({ cursor, pageSize, signal }) => {
      const page = await client.list(
        { entityRef, state, cursor, limit: pageSize },
        { signal },
      );
      return {
        data: page.items,
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });

  const credentials = useMemo(
    () => tableProps.data?.map(item => replaced.get(item.id) ?? item),
    [tableProps.data, replaced],
  );
  const replace = useCallback(
    (credential: CiCredential) =>
      setReplaced(known => new Map(known).set(credential.id, credential)),
    [],
  );

  const { pagination } = tableProps;
  if (pagination.type !== 'page') {
    throw new Error('Expected the table to be divided into pages');
  }
  return {
    credentials,
    isStale: tableProps.isStale ?? false,
    error: tableProps.error,
    pagination,
    reload,
    replace,
  };
}
