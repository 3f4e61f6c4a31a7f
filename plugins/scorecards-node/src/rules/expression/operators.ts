import { EvaluationFailure, Run } from './Run';
import {
  Duration,
  isEqual,
  isMap,
  isNumber,
  Timestamp,
  typeName,
} from './values';

/** @internal */
export type BinaryOperator = (
  run: Run,
  left: unknown,
  right: unknown,
) => unknown;

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

function failure(
  operator: string,
  left: unknown,
  right: unknown,
): EvaluationFailure {
  return new EvaluationFailure(
    `${operator} cannot be used between a ${typeName(left)} and a ${typeName(
      right,
    )}`,
  );
}

/** The numbers or texts by which two values are ordered. */
function comparable(
  operator: string,
  left: unknown,
  right: unknown,
): [number | bigint | string, number | bigint | string] {
  if (isNumber(left) && isNumber(right)) {
    return [left, right];
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return [left, right];
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return [Number(left), Number(right)];
  }
  if (
    (left instanceof Timestamp && right instanceof Timestamp) ||
    (left instanceof Duration && right instanceof Duration)
  ) {
    return [left.millis, right.millis];
  }
  throw failure(operator, left, right);
}

function arithmetic(
  operator: string,
  ints: (left: bigint, right: bigint) => bigint,
  doubles: (left: number, right: number) => number,
): BinaryOperator {
  const divides = operator === '/' || operator === '%';
  return (_run, left, right) => {
    if (!isNumber(left) || !isNumber(right)) {
      throw failure(operator, left, right);
    }
    // eslint-disable-next-line eqeqeq -- of an int and of a double
    if (divides && right == 0) {
      throw new EvaluationFailure('Division by zero');
    }
    if (typeof left === 'number' || typeof right === 'number') {
      return doubles(Number(left), Number(right));
    }
    const result = ints(left, right);
    if (result > MAX_INT || result < MIN_INT) {
      throw new EvaluationFailure(
        `The result of ${operator} is too large for an int`,
      );
    }
    return result;
  };
}

const addNumbers = arithmetic(
  '+',
  (a, b) => a + b,
  (a, b) => a + b,
);
const subtractNumbers = arithmetic(
  '-',
  (a, b) => a - b,
  (a, b) => a - b,
);

function add(run: Run, left: unknown, right: unknown): unknown {
  if (typeof left === 'string' && typeof right === 'string') {
    run.spendText(left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    run.spendList(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Duration && right instanceof Duration) {
    return new Duration(left.millis + right.millis);
  }
  if (left instanceof Timestamp && right instanceof Duration) {
    return new Timestamp(left.millis + right.millis);
  }
  if (left instanceof Duration && right instanceof Timestamp) {
    return new Timestamp(left.millis + right.millis);
  }
  return addNumbers(run, left, right);
}

function subtract(run: Run, left: unknown, right: unknown): unknown {
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return new Duration(left.millis - right.millis);
  }
  if (left instanceof Timestamp && right instanceof Duration) {
    return new Timestamp(left.millis - right.millis);
  }
  if (left instanceof Duration && right instanceof Duration) {
    return new Duration(left.millis - right.millis);
  }
  return subtractNumbers(run, left, right);
}

function isIn(run: Run, value: unknown, container: unknown): boolean {
  if (Array.isArray(container)) {
    run.spend(container.length);
    return container.some(element => isEqual(run, value, element));
  }
  if (isMap(container)) {
    return typeof value === 'string' && Object.hasOwn(container, value);
  }
  throw failure('in', value, container);
}

/**
 * By their signs. Numbers of JSON are doubles; with ints they mix.
 *
 * @internal
 */
export const BINARY_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map<
  string,
  BinaryOperator
>([
  ['==', (run, left, right) => isEqual(run, left, right)],
  ['!=', (run, left, right) => !isEqual(run, left, right)],
  [
    '<',
    (_run, left, right) => {
      const [a, b] = comparable('<', left, right);
      return a < b;
    },
  ],
  [
    '<=',
    (_run, left, right) => {
      const [a, b] = comparable('<=', left, right);
      return a <= b;
    },
  ],
  [
    '>',
    (_run, left, right) => {
      const [a, b] = comparable('>', left, right);
      return a > b;
    },
  ],
  [
    '>=',
    (_run, left, right) => {
      const [a, b] = comparable('>=', left, right);
      return a >= b;
    },
  ],
  ['in', isIn],
  ['+', add],
  ['-', subtract],
  [
    '*',
    arithmetic(
      '*',
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ],
  [
    '/',
    arithmetic(
      '/',
      (a, b) => a / b,
      (a, b) => a / b,
    ),
  ],
  [
    '%',
    arithmetic(
      '%',
      (a, b) => a % b,
      (a, b) => a % b,
    ),
  ],
]);

/** @internal */
export function negate(value: unknown): unknown {
  if (typeof value === 'number') {
    return -value;
  }
  if (typeof value === 'bigint') {
    return -value;
  }
  throw new EvaluationFailure(`- cannot be used before a ${typeName(value)}`);
}

/** @internal */
export function not(value: unknown): boolean {
  if (typeof value === 'boolean') {
    return !value;
  }
  throw new EvaluationFailure(`! cannot be used before a ${typeName(value)}`);
}
