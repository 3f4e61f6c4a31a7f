import { CustomErrorBase } from '@backstage/errors';

/**
 * An expression is refused before it is evaluated.
 *
 * @public
 */
export class CheckError extends CustomErrorBase {
  name = 'CheckError' as const;

  private constructor(
    /** A sentence without the place, without a full stop. */
    readonly reason: string,
    /** From 1, in the line. */
    readonly column: number | undefined,
    /** From 1, where the expression has several. */
    readonly line?: number,
  ) {
    super(column ? `Column ${column}: ${reason}` : reason);
  }

  /** @internal */
  static at(expression: string, offset: number | undefined, reason: string) {
    if (offset === undefined) {
      return new CheckError(reason, undefined);
    }
    const before = expression.slice(0, offset).split('\n');
    const column = before[before.length - 1].length + 1;
    return before.length > 1
      ? new CheckError(
          `in line ${before.length}, ${reason}`,
          column,
          before.length,
        )
      : new CheckError(reason, column);
  }
}
