import { TablePagination } from '@backstage/ui';
import { formatNumber } from '@waymark/ui';
import { useEffect, useRef } from 'react';
import type { ResultsPage } from './useResults';
import type { PagePosition } from './useResultsAddress';

/** `51–100 of 10,000` */
export function describePosition(page: ResultsPage): string {
  const { items, position, totalItems } = page;
  const first = formatNumber(position.from + 1);
  const last = formatNumber(position.from + items.length);
  const range = items.length > 1 ? `${first}–${last}` : first;
  return totalItems === undefined
    ? range
    : `${range} of ${formatNumber(totalItems)}`;
}

/**
 * The way to the next page and back. Cursors only lead forward: the way back is
 * known where the reader came along, and leads to the first page otherwise.
 */
export function Pages(props: {
  page: ResultsPage;
  onGoTo: (position: PagePosition) => void;
}) {
  const { page, onGoTo } = props;
  const { position, next } = page;
  const before = useRef(new Map<string, PagePosition>());
  useEffect(() => {
    if (next?.cursor) {
      before.current.set(next.cursor, position);
    }
  }, [position, next]);

  if (!position.cursor && !next) {
    return null;
  }
  return (
    <TablePagination
      pageSize={Math.max(1, page.items.length)}
      pageSizeOptions={[]}
      offset={position.from}
      totalCount={page.totalItems}
      getLabel={() => describePosition(page)}
      hasNextPage={next !== undefined}
      hasPreviousPage={position.cursor !== undefined}
      onNextPage={() => next && onGoTo(next)}
      onPreviousPage={() =>
        onGoTo(before.current.get(position.cursor ?? '') ?? { from: 0 })
      }
    />
  );
}
