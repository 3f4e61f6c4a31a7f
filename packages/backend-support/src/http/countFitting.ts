/** Of JSON: with what stands around it, less than a browser gets in one piece. */
const PAGE_BYTES = 150_000;

/**
 * How many of the first items go into one page: as many as have room, and at least
 * one.
 *
 * @public
 */
export function countFitting(items: readonly unknown[]): number {
  let bytes = 0;
  const index = items.findIndex(item => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > PAGE_BYTES;
  });
  return index < 0 ? items.length : Math.max(1, index);
}
