import {
  CdEvent,
  CdEventName,
  cdEventType,
} from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import { contentShapes } from './contentShapes';
import { anyObject, name, text, timestamp, uri, uriReference } from './fields';
import { linkSchema } from './linkSchema';

const schemas = new Map<CdEventName, z.ZodType<CdEvent>>();

/**
 * What the JSON schemas of CDEvents 0.5.1 say of an event: it takes what they
 * take, and refuses what they refuse.
 *
 * @internal
 */
export function cdEventSchema(event: CdEventName): z.ZodType<CdEvent> {
  let schema = schemas.get(event);
  if (!schema) {
    schema = createSchema(event);
    schemas.set(event, schema);
  }
  return schema;
}

function createSchema(event: CdEventName): z.ZodType<CdEvent> {
  // Of events of tests, the specification does not say what a source looks like
  const isTest = event.startsWith('test');
  return z.strictObject({
    context: z.strictObject({
      specversion: name,
      id: name,
      source: isTest ? name : uriReference,
      type: z.literal(cdEventType(event)),
      timestamp,
      schemaUri: uri.optional(),
      chainId: name.optional(),
      links: z.array(linkSchema).optional(),
    }),
    subject: z.strictObject({
      id: name,
      source: (isTest ? text : uriReference).optional(),
      // Only this one still has what all had before 0.5
      ...(event === 'ticket.closed' && {
        type: z.literal('ticket').optional(),
      }),
      content: z.strictObject(contentShapes[event]),
    }),
    customData: z
      .union([anyObject, text], 'has to be an object or a text')
      .optional(),
    customDataContentType: text.optional(),
  });
}
