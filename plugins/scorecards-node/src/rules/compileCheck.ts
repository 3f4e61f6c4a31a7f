import { compileNode } from './expression/compileNode';
import { checkTypes, parse } from './expression/parse';
import { EvaluationFailure, LimitFailure, Run } from './expression/Run';
import { Scope } from './expression/Scope';
import { Timestamp, typeName } from './expression/values';

/**
 * What an expression is evaluated with.
 *
 * @public
 */
export interface CheckInput {
  /** The entity, as parsed from JSON. */
  entity: unknown;
  /** See `factTree`. */
  facts: unknown;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * What comes of it.
 *
 * @public
 */
export type CheckResult =
  | { outcome: 'pass' | 'fail' }
  /** A fact is missing without which it cannot be said. */
  | { outcome: 'noData'; detail: string }
  /** In plain words, at most 500 characters. */
  | { outcome: 'error'; detail: string };

/**
 * An expression, ready to be evaluated. It never throws, and what it may cost is
 * bounded by `CHECK_LIMITS`.
 *
 * @public
 */
export type CompiledCheck = (input: CheckInput) => CheckResult;

const MAX_DETAIL = 500;
const PASS: CheckResult = Object.freeze({ outcome: 'pass' });
const FAIL: CheckResult = Object.freeze({ outcome: 'fail' });

/**
 * Makes a function of the CEL expression of a rule.
 *
 * @throws CheckError with the place of what is wrong
 * @public
 */
export function compileCheck(expression: string): CompiledCheck {
  const parsed = parse(expression);
  const evaluate = compileNode(
    { expression, scope: Scope.ROOT, compile: compileNode },
    parsed.ast,
  );
  checkTypes(expression, parsed);
  const run = new Run();
  return ({ entity, facts, now }) => {
    run.begin();
    run.entity = entity;
    run.facts = facts;
    run.now = new Timestamp(now);
    try {
      const value = evaluate(run);
      if (value === true) {
        return PASS;
      }
      if (value === false) {
        return FAIL;
      }
      return {
        outcome: 'error',
        detail: `It yields a ${typeName(value)}, not a bool`,
      };
    } catch (error) {
      if (run.missingFact !== undefined && !(error instanceof LimitFailure)) {
        return {
          outcome: 'noData',
          detail: `There is no ${run.missingFact}`.slice(0, MAX_DETAIL),
        };
      }
      if (error instanceof EvaluationFailure) {
        return { outcome: 'error', detail: error.message.slice(0, MAX_DETAIL) };
      }
      return {
        outcome: 'error',
        detail: `It cannot be evaluated: ${error}`.slice(0, MAX_DETAIL),
      };
    }
  };
}
