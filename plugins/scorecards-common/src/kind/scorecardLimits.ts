/**
 * How large a scorecard may be.
 *
 * @public
 */
export const SCORECARD_LIMITS = {
  levels: 10,
  rules: 100,
  idLength: 63,
  titleLength: 200,
  /** Of `why` and `fix.text`. */
  textLength: 4000,
  linkLength: 2048,
  /** Of a predicate, as JSON. */
  predicateLength: 10_000,
  /** Of `fix.values`, as JSON. */
  valuesLength: 10_000,
} as const;
