import { JsonValue } from '@backstage/types';

/** Of JSON: evidence is read by people, and there are 100 rules. */
const MAX_LENGTH = 2_000;

const MAX_TEXT = 500;
const MAX_ITEMS = 50;

/**
 * A value short enough to be shown.
 *
 * @returns without `value` when it cannot be shortened sensibly
 * @internal
 */
export function limitValue(value: JsonValue): {
  value?: JsonValue;
  truncated?: true;
} {
  if (typeof value === 'string') {
    return value.length > MAX_TEXT
      ? { value: `${value.slice(0, MAX_TEXT)}…`, truncated: true }
      : { value };
  }
  if (typeof value !== 'object' || value === null || fits(value)) {
    return { value };
  }
  if (Array.isArray(value)) {
    const first = value.slice(0, MAX_ITEMS);
    if (first.length < value.length && fits(first)) {
      return { value: first, truncated: true };
    }
  }
  return { truncated: true };
}

function fits(value: JsonValue): boolean {
  return JSON.stringify(value).length <= MAX_LENGTH;
}
