import { EvaluationFailure, Run } from './Run';
import { typeName } from './values';

/**
 * A function of the language; of a method, the first argument is what it is
 * called on.
 *
 * @internal
 */
export type CelFunction = (
  run: Run,
  first?: unknown,
  second?: unknown,
  third?: unknown,
) => unknown;

/** @internal */
export function wrongArgument(name: string, value: unknown): EvaluationFailure {
  return new EvaluationFailure(
    `${name}() cannot be used with a ${typeName(value)}`,
  );
}
