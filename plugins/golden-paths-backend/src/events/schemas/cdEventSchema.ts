import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import {
  eventTypeSchema,
  idSchema,
  textSchema,
  timestampSchema,
  uriReferenceSchema,
  uriSchema,
} from './primitives';

const objectSchema = z.record(z.string(), z.unknown());

/**
 * The envelope of CDEvents 0.5: everything but what is in `subject.content`,
 * which depends on the type.
 *
 * @internal
 */
export const cdEventSchema: z.ZodType<CdEvent> = z.strictObject({
  context: z.strictObject({
    specversion: z.string().regex(/^0\.5\.\d+$/, 'has to be 0.5.x'),
    id: idSchema,
    source: uriReferenceSchema,
    type: eventTypeSchema,
    timestamp: timestampSchema,
    chainId: idSchema.optional(),
    schemaUri: uriSchema.optional(),
    links: z.array(objectSchema).max(100).optional(),
  }),
  subject: z.strictObject({
    id: textSchema.max(1024),
    source: uriReferenceSchema.optional(),
    content: objectSchema,
  }),
  customData: z.union([objectSchema, z.base64()]).optional(),
  customDataContentType: z.string().max(255).optional(),
});
