import { z } from 'zod';

/** Of JSON: with what stands around it, less than a browser gets in one piece. */
const PAGE_BYTES = 150_000;

/** Of a row without its numbers: refs and titles may be long. */
const ROW_BYTES = 300;

/** Where a page ended: at which row, and which one that was. */
export const rowPositionSchema = z.tuple([
  z.int().nonnegative(),
  z.string().nullable(),
]);

/**
 * A part of the rows of a report.
 *
 * @internal
 */
export interface RowPageRequest {
  after?: z.output<typeof rowPositionSchema>;
  limit: number;
}

/**
 * The rows of one page.
 *
 * @param options - `bytesPerRow`: of the numbers in each; `bytesAround`: what every
 * page has besides its rows. There may be fewer rows than the limit
 * @returns `next`: the position for the page after it
 * @internal
 */
export function rowPage<T extends { ref?: string }>(
  options: RowPageRequest & {
    rows: readonly T[];
    bytesPerRow: number;
    bytesAround: number;
  },
): { rows: T[]; next?: RowPageRequest['after'] } {
  const { rows, after, limit, bytesPerRow, bytesAround } = options;
  const room = Math.floor(
    (PAGE_BYTES - bytesAround) / (ROW_BYTES + bytesPerRow),
  );
  const start = after ? startAfter(rows, after) : 0;
  const end = start + Math.max(1, Math.min(limit, room));
  return {
    rows: rows.slice(start, end),
    ...(end < rows.length && { next: [end - 1, rows[end - 1].ref ?? null] }),
  };
}

/** Rows come and go between two pages: the one that was last may be elsewhere. */
function startAfter(
  rows: readonly { ref?: string }[],
  [index, ref]: NonNullable<RowPageRequest['after']>,
): number {
  const found = rows.findIndex(row => (row.ref ?? null) === ref);
  return found < 0 ? index : found + 1;
}
