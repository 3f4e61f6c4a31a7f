/**
 * The mean of some scores, two decimals.
 *
 * @returns `undefined` when nobody has a score
 * @internal
 */
export function meanScore(of: {
  scored: number;
  scoreSum: number;
}): number | undefined {
  return of.scored > 0
    ? Math.round((100 * of.scoreSum) / of.scored) / 100
    : undefined;
}
