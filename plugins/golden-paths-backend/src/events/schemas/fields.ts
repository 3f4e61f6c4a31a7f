import { z } from 'zod';
import { isUri, isUriReference } from './isUri';
import { parseTimestamp } from './parseTimestamp';

/** What the specification's schemas say of single fields, and no more. */

/** @internal */
export const text = z.string();

/** @internal */
export const name = z.string().min(1);

/** @internal */
export const timestamp = z
  .string()
  .refine(
    value => parseTimestamp(value) !== undefined,
    'has to be a time of RFC 3339, such as 2026-08-01T10:00:00Z',
  );

/** @internal */
export const uri = z
  .string()
  .refine(isUri, 'has to be an absolute URI, such as https://ci.example/1');

/** @internal */
export const uriReference = name.refine(
  isUriReference,
  'has to be a URI reference, such as https://ci.example/1 or /ci/1',
);

/**
 * Any object. The shape of a record would do, but it forgets some keys.
 *
 * @internal
 */
export const anyObject = z.custom<Record<string, unknown>>(
  value => typeof value === 'object' && value !== null && !Array.isArray(value),
  'has to be an object',
);

/**
 * Something elsewhere: an environment, a change, a repository.
 *
 * @internal
 */
export const reference = z.strictObject({
  id: name,
  source: uriReference.optional(),
});

/**
 * The same, where the specification says nothing of the form of the source.
 *
 * @internal
 */
export const looseReference = z.strictObject({
  id: name,
  source: text.optional(),
});

/** @internal */
export const outcome = z.enum(['success', 'failure', 'cancel', 'error']);
