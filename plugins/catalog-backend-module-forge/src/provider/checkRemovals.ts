/**
 * Fewer than this say nothing about a trend: two of three repositories may well
 * be deleted in one afternoon.
 */
const MIN_KNOWN = 10;

/**
 * Refuses a listing that would empty the catalog, because a host that lost its
 * disk, its database or the rights of our user answers just like one whose
 * repositories were all deleted.
 *
 * @throws Error that says what to do when it was deliberate
 * @internal
 */
export function checkRemovals(options: {
  /** Repositories on the host, of any state. */
  listed: number;
  /** Repositories that have a Location. */
  known: number;
  /** Those of the known ones that the host does not list any more. */
  missing: number;
  /** Largest part of the known ones that may go at once; 1 for no limit. */
  maxRemovedShare: number;
}): void {
  const { listed, known, missing, maxRemovedShare } = options;
  if (maxRemovedShare >= 1) {
    return;
  }
  const emptied = listed === 0 && known > 0;
  const dropped = known >= MIN_KNOWN && missing > known * maxRemovedShare;
  if (emptied || dropped) {
    throw new Error(
      `${missing} of ${known} known repositories are gone from the host at once, which looks like a fault of the host: nothing was removed from the catalog. If they were deleted deliberately, set maxRemovedShare of this provider to 1 for one full pass`,
    );
  }
}
