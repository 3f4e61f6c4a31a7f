import { z } from 'zod';
import { eventLimits } from '../eventLimits';
import { timestamp, uri, uriReference } from './fields';
import { line } from './limitsSchema';

const { id, source, extension, extensions } = eventLimits;

/** Values of extensions are not structured. */
const extensionSchema = z.union(
  [
    z.string().max(extension),
    z.boolean(),
    z
      .int()
      .min(-(2 ** 31))
      .max(2 ** 31 - 1),
  ],
  `has to be a boolean, a whole number of 32 bits, or a text of at most ${extension} characters`,
);
const EXTENSION_NAME = /^[a-z0-9]{1,20}$/;

const shape = {
  specversion: z.literal('1.0', 'has to be 1.0, the version of CloudEvents'),
  id: line(id),
  source: uriReference.max(source),
  type: line(id),
  time: timestamp.optional(),
  subject: line(source).optional(),
  datacontenttype: z
    .string()
    .max(id)
    .regex(/^application\/(?:[\w.-]+\+)?json\s*(?:;.*)?$/i, 'has to be JSON')
    .optional(),
  dataschema: uri.max(source).optional(),
  entityref: line(512).optional(),
  sample: z.boolean().optional(),
  data: z.unknown().refine(data => data !== undefined, 'is missing'),
};

/**
 * The attributes of a CloudEvent 1.0 in the form of JSON, and its extensions.
 *
 * @internal
 */
export const attributesSchema = z.object(shape).catchall(extensionSchema);

/**
 * What is wrong with the names of extensions: all that are no attributes.
 *
 * @internal
 */
export function extensionIssues(event: object): string[] {
  const names = Object.keys(event).filter(name => !Object.hasOwn(shape, name));
  const issues = names
    .filter(name => !EXTENSION_NAME.test(name))
    .map(name =>
      name === 'data_base64'
        ? `${name}: a CDEvent is JSON: send it as data`
        : `${name}: is no attribute of CloudEvents, and as an extension it has to have 1 to 20 lower-case letters and digits`,
    );
  if (names.length > extensions) {
    issues.push(`the event: has more than ${extensions} extension attributes`);
  }
  return issues;
}
