import { entityRefSchema } from '@waymark/backend-support';
import { z } from 'zod';

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
const time = z.iso.datetime({ offset: true });

/**
 * What an issue tracker tells of one of its tickets; see docs/delivery.md.
 *
 * @internal
 */
export const trackerSchema = z
  .strictObject({
    action: z.enum(['created', 'closed', 'reopened']),
    ticket: z.strictObject({
      /** Unique in the tracker, such as `HELP-12`. */
      key: line(255),
      title: line(1_024),
      url: z.url({ protocol: /^https?$/ }).max(2_048),
      createdAt: time,
      closedAt: time.optional(),
      creator: line(255).optional(),
      category: line(63).optional(),
      resolution: line(255).optional(),
      /** What it is about. */
      entityRef: entityRefSchema().optional(),
      /** The group that asks. */
      squad: entityRefSchema({ kind: 'group' }).optional(),
      /** The id of the question in the portal that it was made for. */
      reference: z.uuid().optional(),
    }),
  })
  .refine(
    ({ action, ticket }) =>
      action !== 'closed' || ticket.closedAt !== undefined,
    { path: ['ticket', 'closedAt'], error: 'is missing' },
  );

/** @internal */
export type TrackerNotice = z.output<typeof trackerSchema>;
