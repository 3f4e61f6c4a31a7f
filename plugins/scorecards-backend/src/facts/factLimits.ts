/**
 * What a fact may be called: names are paths in expressions, so their parts are
 * words.
 *
 * @internal
 */
export const FACT_NAME_PATTERN =
  /^[a-zA-Z][a-zA-Z0-9_]{0,62}(\.[a-zA-Z][a-zA-Z0-9_]{0,62}){0,4}$/;

/**
 * Words that mean something else to every object of JavaScript.
 *
 * @internal
 */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/**
 * Bytes of a value as JSON.
 *
 * @internal
 */
export const MAX_VALUE_BYTES = 16 * 1024;

/**
 * Of lists and maps in each other.
 *
 * @internal
 */
export const MAX_VALUE_DEPTH = 10;

/**
 * Characters of who said so, as it is stored.
 *
 * @internal
 */
export const MAX_SOURCE_LENGTH = 1_000;

/**
 * Characters of who said so, as it is pushed: a person's name comes to it.
 *
 * @internal
 */
export const MAX_PUSHED_SOURCE_LENGTH = 500;

/**
 * Facts of one subject, so that names made up by a loop do not pile up.
 *
 * @internal
 */
export const MAX_FACTS_PER_SUBJECT = 1_000;

/**
 * How far clocks may differ.
 *
 * @internal
 */
export const MAX_AHEAD_MS = 5 * 60_000;

/**
 * What is older tells nothing about today.
 *
 * @internal
 */
export const MAX_BEHIND_MS = 2 * 365 * 24 * 3_600_000;

/**
 * Items of one push.
 *
 * @internal
 */
export const MAX_ITEMS = 1_000;

/**
 * Bytes of one push.
 *
 * @internal
 */
export const MAX_BODY_BYTES = 5_000_000;
