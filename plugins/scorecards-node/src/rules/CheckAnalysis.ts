/**
 * A path that an expression reads below one of its variables.
 *
 * @public
 */
export interface ReadPath {
  /** Segments after the variable: `['coverage', 'percent']`. */
  segments: string[];
  /** The expression asks with `has()` whether it is there, so that it may be missing. */
  guarded: boolean;
}

/**
 * What an expression looks at.
 *
 * @public
 */
export interface CheckAnalysis {
  /** Below `facts`. A path may be longer or shorter than the name of a fact. */
  factPaths: ReadPath[];
  /** Below `entity`. */
  entityPaths: ReadPath[];
  /** Its outcome may change as time goes by. */
  readsNow: boolean;
}
