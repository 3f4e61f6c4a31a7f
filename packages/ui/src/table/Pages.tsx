import { TablePagination } from '@backstage/ui';
import { useEffect, useRef } from 'react';
import { formatNumber } from '../number/formatNumber';

/**
 * Where a page of a list begins.
 *
 * @public
 */
export interface PagePosition {
  /** Absent: the first page. */
  cursor?: string;
  /** How many are on the pages before. */
  from: number;
}

/**
 * A page of a list, and which one it is.
 *
 * @public
 */
export interface ListPage<T> {
  items: T[];
  /** Of all pages. */
  totalItems?: number;
  position: PagePosition;
  next?: PagePosition;
}

/** `51–100 of 10,000` @public */
export function describePosition(page: ListPage<unknown>): string {
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
 *
 * @public
 */
export function Pages(props: {
  page: ListPage<unknown>;
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
