import { InputError } from '@backstage/errors';
import {
  beginningSchema,
  entityRefSchema,
  limitSchema,
  parse,
} from '@waymark/backend-support';
import { z } from 'zod';
import { line } from '../schemas/limitsSchema';

const PREFIX = 'dev.cdevents.';

const flag = z
  .enum(['true', 'false'], 'has to be true or false')
  .transform(text => text === 'true');

const schema = z.strictObject({
  entityRef: entityRefSchema().optional(),
  unmatched: flag.optional(),
  type: z
    .string()
    .max(255)
    .transform(type => (type.startsWith(PREFIX) ? type : `${PREFIX}${type}`))
    .refine(
      type => /^[\w.-]+$/.test(type) && !type.includes('_'),
      'has to be a type, or its beginning, such as service.deployed',
    )
    .optional(),
  source: line(1_024).optional(),
  eventId: line(255).optional(),
  environment: line(255).optional(),
  observed: flag.optional(),
  from: beginningSchema.optional(),
  to: beginningSchema.optional(),
  cursor: z.string().max(500).optional(),
  limit: limitSchema({ default: 50, max: 500 }),
});

/** @internal */
export type EventsQuery = z.output<typeof schema>;

/**
 * What a request for events asks for.
 *
 * @throws InputError that names the parameter
 * @internal
 */
export function readEventsRequest(query: unknown): EventsQuery {
  const request = parse(schema, query, 'query');
  const { entityRef, environment, eventId, source, unmatched } = request;
  if (unmatched && entityRef !== undefined) {
    throw new InputError('unmatched: does not go together with entityRef');
  }
  // These two would have to be looked for in all events there are
  if (environment !== undefined && entityRef === undefined) {
    throw new InputError('environment: needs an entityRef beside it');
  }
  if (eventId !== undefined && (source ?? entityRef) === undefined) {
    throw new InputError('eventId: needs the source or an entityRef beside it');
  }
  return request;
}
