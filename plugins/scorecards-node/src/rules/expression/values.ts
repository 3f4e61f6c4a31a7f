import { EvaluationFailure, LimitFailure, Run } from './Run';

/**
 * A point in time.
 *
 * @internal
 */
export class Timestamp {
  constructor(readonly millis: number) {}
}

/**
 * A span of time.
 *
 * @internal
 */
export class Duration {
  constructor(readonly millis: number) {}
}

/** Values nest less deep than this, unless somebody wants to do harm. */
const MAX_DEPTH = 100;

/** @internal */
export type ValueMap = { readonly [key: string]: unknown };

/** @internal */
export function isMap(value: unknown): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Timestamp) &&
    !(value instanceof Duration)
  );
}

/** @internal */
export function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/**
 * The value of a key of a map, or `undefined`.
 *
 * @internal
 */
export function memberOf(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * What people call the type of a value.
 *
 * @internal
 */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      if (value === null) {
        return 'null';
      }
      if (Array.isArray(value)) {
        return 'list';
      }
      if (value instanceof Timestamp) {
        return 'timestamp';
      }
      return value instanceof Duration ? 'duration' : 'map';
  }
}

/**
 * Equality as CEL has it: values of different types are different, numbers are
 * compared by value, whatever their type.
 *
 * @internal
 */
export function isEqual(
  run: Run,
  left: unknown,
  right: unknown,
  depth = 0,
): boolean {
  if (left === right) {
    return true;
  }
  if (isNumber(left) && isNumber(right)) {
    // eslint-disable-next-line eqeqeq -- an int and a double may be the same number
    return left == right;
  }
  if (
    typeof left !== 'object' ||
    typeof right !== 'object' ||
    left === null ||
    right === null
  ) {
    return false;
  }
  if (left instanceof Timestamp || left instanceof Duration) {
    return (
      left.constructor === right.constructor &&
      left.millis === (right as Timestamp | Duration).millis
    );
  }
  if (depth > MAX_DEPTH) {
    throw new LimitFailure('Values are nested too deeply to be compared');
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right)) {
      return false;
    }
    if (left.length !== right.length) {
      return false;
    }
    run.spend(left.length);
    return left.every((value, index) =>
      isEqual(run, value, right[index], depth + 1),
    );
  }
  if (!isMap(right)) {
    return false;
  }
  const keys = Object.keys(left);
  run.spend(keys.length);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      key =>
        Object.hasOwn(right, key) &&
        isEqual(run, (left as ValueMap)[key], right[key], depth + 1),
    )
  );
}

const TIMESTAMP =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * @throws when it is not a time as in RFC 3339
 * @internal
 */
export function parseTimestamp(text: string): Timestamp {
  const millis = TIMESTAMP.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(millis)) {
    throw new EvaluationFailure(
      `${quote(
        text,
      )} is not a time with date and zone such as "2026-11-20T08:00:00Z"`,
    );
  }
  return new Timestamp(millis);
}

const DURATION = /^([-+]?)((?:\d{1,15}(?:\.\d{1,9})?(?:h|ms|m|s|us|µs|ns))+)$/;
const DURATION_PART = /(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g;
const MILLIS: { [unit: string]: number } = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/**
 * @throws when it is not a duration such as `720h` or `1h30m`
 * @internal
 */
export function parseDuration(text: string): Duration {
  const match = text.length <= 64 ? DURATION.exec(text) : null;
  if (!match) {
    throw new EvaluationFailure(
      `${quote(text)} is not a duration such as "720h" or "1h30m"`,
    );
  }
  let millis = 0;
  for (const [, amount, unit] of match[2].matchAll(DURATION_PART)) {
    millis += Number(amount) * MILLIS[unit];
  }
  return new Duration(match[1] === '-' ? -millis : millis);
}

/**
 * A text within a sentence, cut when it is long.
 *
 * @internal
 */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
