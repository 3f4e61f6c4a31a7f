import { wrongArgument } from './CelFunction';
import { EvaluationFailure, Run } from './Run';
import {
  Duration,
  parseDuration,
  parseTimestamp,
  quote,
  Timestamp,
} from './values';

/** @internal */
export function toText(run: Run, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
    case 'bigint':
    case 'number':
      run.spend(1);
      return String(value);
    default:
      if (value instanceof Timestamp) {
        return new Date(value.millis).toISOString();
      }
      if (value instanceof Duration) {
        return `${value.millis / 1000}s`;
      }
      throw wrongArgument('string', value);
  }
}

const INT = /^[-+]?\d{1,18}$/;
const DOUBLE = /^[-+]?\d{1,100}(?:\.\d{1,100})?(?:[eE][-+]?\d{1,3})?$/;

/** @internal */
export function toInt(_run: Run, value: unknown): bigint {
  if (typeof value === 'bigint') {
    return value;
  }
  if (typeof value === 'number' && Number.isSafeInteger(Math.trunc(value))) {
    return BigInt(Math.trunc(value));
  }
  if (typeof value === 'string' && INT.test(value)) {
    return BigInt(value.replace('+', ''));
  }
  if (value instanceof Timestamp) {
    return BigInt(Math.floor(value.millis / 1000));
  }
  if (typeof value === 'string') {
    throw new EvaluationFailure(`${quote(value)} is not a whole number`);
  }
  throw wrongArgument('int', value);
}

/** @internal */
export function toDouble(_run: Run, value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (typeof value === 'string') {
    if (DOUBLE.test(value)) {
      return Number(value);
    }
    throw new EvaluationFailure(`${quote(value)} is not a number`);
  }
  throw wrongArgument('double', value);
}

/** @internal */
export function toBool(_run: Run, value: unknown): boolean {
  if (typeof value === 'boolean') {
    return value;
  }
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  throw wrongArgument('bool', value);
}

/** @internal */
export function toTimestamp(_run: Run, value: unknown): Timestamp {
  if (value instanceof Timestamp) {
    return value;
  }
  if (typeof value === 'string') {
    return parseTimestamp(value);
  }
  const seconds = typeof value === 'bigint' ? Number(value) : value;
  if (typeof seconds === 'number' && Math.abs(seconds) <= 8.64e12) {
    return new Timestamp(seconds * 1000);
  }
  throw wrongArgument('timestamp', value);
}

/** @internal */
export function toDuration(_run: Run, value: unknown): Duration {
  if (value instanceof Duration) {
    return value;
  }
  if (typeof value === 'string') {
    return parseDuration(value);
  }
  throw wrongArgument('duration', value);
}
