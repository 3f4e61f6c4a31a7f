/**
 * How many items are so, where all that are come first; looks at few of them.
 *
 * @internal
 */
export function countLeading<T>(
  items: T[],
  isSo: (item: T) => boolean,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isSo(items[middle])) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
