import { z } from 'zod';

const URI_CHARACTERS =
  /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/** A URI reference of RFC 3986, absolute or not. */
export const uriReferenceSchema = z
  .string()
  .max(1024)
  .regex(URI_CHARACTERS, 'has to be a URI reference');

/** An absolute URI. */
export const uriSchema = uriReferenceSchema.regex(
  /^[A-Za-z][A-Za-z0-9+\-.]*:/,
  'has to be an absolute URI',
);

/** RFC 3339, with an offset from UTC; in UTC, the year has four digits as well. */
export const timestampSchema = z.iso.datetime({ offset: true }).refine(text => {
  const time = new Date(text);
  return (
    // Refused already for what it is
    Number.isNaN(time.getTime()) || /^(?!0000)\d{4}-/.test(time.toISOString())
  );
}, 'is before the year 1 or after the year 9999');

/** Text that every database keeps as it is. */
export const textSchema = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

/** Names and ids. */
export const idSchema = textSchema.max(255);

/** `dev.cdevents.<subject>.<predicate>.<version>` */
export const eventTypeSchema = z
  .string()
  .max(255)
  .regex(
    /^dev\.cdevents\.[a-z]+\.[a-z]+\.\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/,
    'has to be dev.cdevents.<subject>.<predicate>.<version>',
  );
