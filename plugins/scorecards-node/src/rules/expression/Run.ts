import { CHECK_LIMITS } from '../limits';

/**
 * An expression cannot be evaluated with these values.
 *
 * @internal
 */
export class EvaluationFailure extends Error {
  override name = 'EvaluationFailure';
}

/**
 * An expression takes more than it may. Unlike other failures, the other side of
 * `||` and `&&` does not make up for it.
 *
 * @internal
 */
export class LimitFailure extends EvaluationFailure {
  override name = 'LimitFailure';
}

/**
 * One evaluation of one expression.
 *
 * @internal
 */
export class Run {
  entity: unknown;
  facts: unknown;
  now: unknown;
  /** Values of the variables of macros. */
  readonly locals: unknown[] = [];
  /** The fact that was asked for first and is not there. */
  missingFact: string | undefined;
  #steps = 0;

  begin(): void {
    this.missingFact = undefined;
    this.#steps = 0;
  }

  /** Counts what is about to be done, so that it ends the same way on every machine. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > CHECK_LIMITS.steps) {
      throw new LimitFailure(
        `It takes more than ${CHECK_LIMITS.steps.toLocaleString(
          'en',
        )} steps: look at fewer or smaller values`,
      );
    }
  }

  /** A text that was made or is gone through. */
  spendText(length: number): void {
    if (length > CHECK_LIMITS.stringLength) {
      throw new LimitFailure(
        `A text has more than ${CHECK_LIMITS.stringLength.toLocaleString(
          'en',
        )} characters`,
      );
    }
    // The machine goes through text much faster than through expressions
    this.spend(1 + Math.floor(length / 32));
  }

  /** A list that was made. */
  spendList(length: number): void {
    if (length > CHECK_LIMITS.listElements) {
      throw new LimitFailure(
        `A list has more than ${CHECK_LIMITS.listElements.toLocaleString(
          'en',
        )} elements`,
      );
    }
    this.spend(1 + length);
  }
}

/**
 * A part of an expression, ready to be evaluated.
 *
 * @internal
 */
export type Evaluate = (run: Run) => unknown;
