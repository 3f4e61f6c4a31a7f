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

/** RFC 3339, with an offset from UTC. */
export const timestampSchema = z.iso.datetime({ offset: true });

/** Names and ids. */
export const idSchema = z.string().min(1).max(255);

/** `dev.cdevents.<subject>.<predicate>.<version>` */
export const eventTypeSchema = z
  .string()
  .max(255)
  .regex(
    /^dev\.cdevents\.[a-z]+\.[a-z]+\.\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/,
    'has to be dev.cdevents.<subject>.<predicate>.<version>',
  );
