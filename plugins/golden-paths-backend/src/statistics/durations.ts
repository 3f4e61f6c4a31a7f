/** About 140 years; whatever is longer counts as that. */
const LONGEST = 2 ** 42;

/**
 * The longest duration of each bucket, in milliseconds. One bucket is 2 % longer than
 * the one before it, in whole numbers, so that it is the same on every machine.
 */
const LONGEST_OF = (() => {
  const bounds = [0];
  for (let last = 0; last < LONGEST; ) {
    last = Math.max(last + 1, Math.floor((last * 102) / 100));
    bounds.push(Math.min(last, LONGEST));
  }
  return bounds;
})();

/**
 * The bucket of a duration. Buckets are fixed, so that counts of them can be added
 * up in any order; they are as fine as 1 ms below 100 ms, and above that narrow
 * enough for {@link durationOf} to be at most 1 % off.
 *
 * @param duration - milliseconds; below zero counts as zero
 * @internal
 */
export function bucketOf(duration: number): number {
  const value = Math.min(Math.ceil(duration), LONGEST);
  let below = -1;
  let bucket = LONGEST_OF.length - 1;
  while (bucket - below > 1) {
    const middle = Math.floor((below + bucket) / 2);
    if (LONGEST_OF[middle] < value) {
      below = middle;
    } else {
      bucket = middle;
    }
  }
  return bucket;
}

/**
 * The duration that stands for a bucket: as far from its shortest as from its
 * longest, in relation to them.
 *
 * @returns milliseconds
 * @internal
 */
export function durationOf(bucket: number): number {
  const last = LONGEST_OF.length - 1;
  const index = Math.min(Math.max(Math.floor(bucket), 0), last);
  if (index === 0) {
    return 0;
  }
  const longest = LONGEST_OF[index];
  const shortest = LONGEST_OF[index - 1] + 1;
  return Math.round((2 * shortest * longest) / (shortest + longest));
}
