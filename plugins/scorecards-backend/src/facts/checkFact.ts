import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { canonicalJson } from '@waymark/backend-support';
import {
  FACT_NAME_PATTERN,
  MAX_AHEAD_MS,
  MAX_BEHIND_MS,
  MAX_SOURCE_LENGTH,
  MAX_VALUE_BYTES,
  MAX_VALUE_DEPTH,
  RESERVED_KEYS,
} from './factLimits';

/** What has no place in one line of text. */
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Makes sure that something can be kept as a fact.
 *
 * @returns the value as JSON, with the keys of objects in order
 * @throws InputError that names the field
 * @internal
 */
export function checkFact(
  fact: { name: string; value: JsonValue; observedAt: number; source: string },
  now: number,
): string {
  const { name, value, observedAt, source } = fact;
  if (
    !FACT_NAME_PATTERN.test(name) ||
    name.split('.').some(part => RESERVED_KEYS.has(part))
  ) {
    throw new InputError(
      'name: has to be one to five words with dots between them, such as coverage.percent; a word has at most 63 letters, digits and underscores and begins with a letter',
    );
  }
  if (source.length === 0 || source.length > MAX_SOURCE_LENGTH) {
    throw new InputError(
      `source: has to have 1 to ${MAX_SOURCE_LENGTH} characters`,
    );
  }
  if (CONTROL_CHARACTER.test(source)) {
    throw new InputError('source: must not have control characters');
  }
  if (!Number.isFinite(observedAt)) {
    throw new InputError('observedAt: is no time');
  }
  if (observedAt > now + MAX_AHEAD_MS) {
    throw new InputError('observedAt: is more than 5 minutes in the future');
  }
  if (observedAt < now - MAX_BEHIND_MS) {
    throw new InputError('observedAt: is more than 2 years ago');
  }
  checkValue(value, 0);
  const json = canonicalJson(value);
  if (Buffer.byteLength(json) > MAX_VALUE_BYTES) {
    throw new InputError(
      `value: has more than ${MAX_VALUE_BYTES} bytes as JSON`,
    );
  }
  return json;
}

function checkValue(value: unknown, depth: number): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw new InputError('value: numbers have to be finite');
    }
    return;
  }
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean'
  ) {
    return;
  }
  if (typeof value !== 'object') {
    throw new InputError('value: has to be JSON');
  }
  if (depth === MAX_VALUE_DEPTH) {
    throw new InputError(
      `value: lists and maps are nested deeper than ${MAX_VALUE_DEPTH} levels`,
    );
  }
  for (const [key, item] of Object.entries(value)) {
    if (RESERVED_KEYS.has(key)) {
      throw new InputError(`value: must not have the key ${key}`);
    }
    checkValue(item, depth + 1);
  }
}
