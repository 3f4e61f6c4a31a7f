import { createHash } from 'node:crypto';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

const MAX_NAME = 255;
const HASH_DIGITS = 16;

/** Not through the middle of a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * The text of a field that may hold anything; undefined when there is none.
 *
 * @internal
 */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

/**
 * What people read, no longer than its column.
 *
 * @internal
 */
export function readTitle(
  value: unknown,
  length: number = 1024,
): string | undefined {
  const text = readText(value);
  return text && cut(text, length);
}

/**
 * What things are known by, short enough for an index. Two that differ stay
 * different.
 *
 * @internal
 */
export function shortName(name: string): string {
  if (name.length <= MAX_NAME) {
    return name;
  }
  const hash = createHash('sha256').update(name).digest('hex');
  return `${cut(name, MAX_NAME - HASH_DIGITS - 1)}~${hash.slice(
    0,
    HASH_DIGITS,
  )}`;
}

/**
 * An address that people may open; nothing else, and nothing cut.
 *
 * @internal
 */
export function readUrl(value: unknown): string | undefined {
  const text = readText(value);
  return text && text.length <= 2048 && /^https?:\/\/[^\s/]/i.test(text)
    ? text
    : undefined;
}

/**
 * A full entity ref in lower case.
 *
 * @internal
 */
export function readRef(
  value: unknown,
  defaultKind: string,
): string | undefined {
  const text = readText(value);
  if (!text || text.length > 400) {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    return undefined;
  }
}

/**
 * A time in ISO 8601 or the like.
 *
 * @returns milliseconds
 * @internal
 */
export function readTime(value: unknown): number | undefined {
  const time = Date.parse(readText(value) ?? '');
  return Number.isNaN(time) ? undefined : time;
}
