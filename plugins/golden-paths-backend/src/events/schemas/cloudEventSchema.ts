import { z } from 'zod';
import { cdEventSchema } from './cdEventSchema';
import {
  eventTypeSchema,
  idSchema,
  textSchema,
  timestampSchema,
  uriReferenceSchema,
  uriSchema,
} from './primitives';

/**
 * CloudEvents lets senders add attributes: short names in lower case, and
 * values that are not structured.
 */
const extensionSchema = z.union([
  z.string().max(1024),
  z.boolean(),
  z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1),
]);
const EXTENSION_NAME = /^[a-z0-9]{1,20}$/;
const MAX_EXTENSIONS = 20;

const attributesSchema = z.object({
  specversion: z.literal('1.0'),
  id: idSchema,
  source: uriReferenceSchema,
  type: eventTypeSchema,
  time: timestampSchema.optional(),
  subject: textSchema.max(1024).optional(),
  datacontenttype: z
    .string()
    .regex(/^application\/(?:[\w.-]+\+)?json(?:;.*)?$/, 'has to be JSON')
    .optional(),
  dataschema: uriSchema.optional(),
  /** The entity the event speaks for. */
  entityref: textSchema.max(512).optional(),
  data: cdEventSchema,
});

/**
 * A CloudEvent 1.0 in structured mode that carries a CDEvent 0.5.
 *
 * @internal
 */
export const cloudEventSchema = attributesSchema
  .catchall(extensionSchema)
  .superRefine((event, ctx) => {
    const extensions = Object.keys(event).filter(
      name => !Object.hasOwn(attributesSchema.shape, name),
    );
    for (const name of extensions) {
      if (!EXTENSION_NAME.test(name)) {
        ctx.addIssue({
          code: 'custom',
          message: 'is no attribute of CloudEvents and cannot be an extension',
          path: [name],
        });
      }
    }
    if (extensions.length > MAX_EXTENSIONS) {
      ctx.addIssue({
        code: 'custom',
        message: `has more than ${MAX_EXTENSIONS} extension attributes`,
        path: [],
      });
    }

    // CDEvents' binding to CloudEvents: the envelope repeats the context
    const { context, subject } = event.data;
    const pairs: [string, unknown, unknown][] = [
      ['id', event.id, context.id],
      ['source', event.source, context.source],
      ['type', event.type, context.type],
      ['time', event.time ?? context.timestamp, context.timestamp],
      ['subject', event.subject ?? subject.id, subject.id],
    ];
    for (const [name, outer, inner] of pairs) {
      if (outer !== inner) {
        ctx.addIssue({
          code: 'custom',
          message: 'has to be the same as in data',
          path: [name],
        });
      }
    }
  });

/** @internal */
export type CloudEvent = z.infer<typeof cloudEventSchema>;
