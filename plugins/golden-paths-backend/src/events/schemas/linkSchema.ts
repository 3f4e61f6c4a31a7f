import { z } from 'zod';
import { anyObject, name } from './fields';

const tags = anyObject.optional();
const from = z.looseObject({ contextId: name });

/**
 * A link inside an event to others of its chain.
 *
 * @internal
 */
export const linkSchema = z.discriminatedUnion('linkType', [
  z.strictObject({
    linkType: z.literal('END'),
    from: from.optional(),
    tags,
  }),
  z.strictObject({ linkType: z.literal('PATH'), from, tags }),
  z.strictObject({
    linkType: z.literal('RELATION'),
    linkKind: name,
    target: z.looseObject({ contextId: name.optional() }),
    tags,
  }),
]);
