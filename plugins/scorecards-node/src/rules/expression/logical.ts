import { EvaluationFailure, Evaluate, LimitFailure, Run } from './Run';
import { typeName } from './values';

/** The value of one side of `&&` or `||`, or what went wrong. */
function attempt(evaluate: Evaluate, run: Run): boolean | EvaluationFailure {
  try {
    const value = evaluate(run);
    return typeof value === 'boolean'
      ? value
      : new EvaluationFailure(
          `&& and || need a bool on both sides, this is a ${typeName(value)}`,
        );
  } catch (error) {
    if (
      error instanceof EvaluationFailure &&
      !(error instanceof LimitFailure)
    ) {
      return error;
    }
    throw error;
  }
}

/**
 * `&&` (decided by `false`) and `||` (decided by `true`). One side that decides
 * makes up for a failure of the other, whichever comes first.
 *
 * @internal
 */
export function logical(
  decides: boolean,
  left: Evaluate,
  right: Evaluate,
): Evaluate {
  return run => {
    const first = attempt(left, run);
    if (first === decides) {
      return decides;
    }
    const second = attempt(right, run);
    if (second === decides) {
      return decides;
    }
    if (typeof first !== 'boolean') {
      throw first;
    }
    if (typeof second !== 'boolean') {
      throw second;
    }
    return second;
  };
}
