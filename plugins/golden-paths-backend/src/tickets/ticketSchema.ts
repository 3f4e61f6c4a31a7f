import { entityRefSchema } from '@waymark/backend-support';
import { NewTicket } from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

/**
 * A question as it comes. Of the page only the path is kept: what follows may hold
 * answers of a form.
 *
 * @internal
 */
export const ticketSchema: z.ZodType<NewTicket> = z.strictObject({
  title: line(200),
  text: z
    .string()
    .trim()
    .min(1)
    .max(10_000)
    .refine(
      text => !text.includes('\0') && text.isWellFormed(),
      'must not have the character U+0000 or half a character',
    ),
  category: z.enum(['question', 'problem', 'access', 'request', 'other']),
  entityRef: entityRefSchema().optional(),
  templateRef: entityRefSchema({ kind: 'template' }).optional(),
  step: line(255).optional(),
  taskId: line(64).optional(),
  scorecardRef: entityRefSchema({ kind: 'scorecard' }).optional(),
  page: line(2_048)
    .regex(/^\/(?![/\\])[^\s<>]*$/, 'has to be a path that begins with /')
    .transform(page => page.replace(/[?#].*$/, ''))
    .optional(),
  requestId: z
    .string()
    .regex(/^[\w-]{8,64}$/, 'has to be 8 to 64 letters, digits and hyphens'),
});
