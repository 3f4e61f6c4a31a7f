import { entityRefSchema } from '@waymark/backend-support';
import { z } from 'zod';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
const optional = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

/**
 * One deployment of a file; cells are text without the space around it.
 *
 * @internal
 */
export const rowSchema = z
  .object({
    time: z.iso.datetime({
      offset: true,
      error:
        'has to be a time with a zone in ISO 8601, such as 2026-11-20T08:00:00Z',
    }),
    entity: entityRefSchema({ kind: 'component' }),
    environment: line(255).min(1, 'is missing'),
    artifact: optional(line(1_024)),
    revision: optional(line(255)),
    // In a union, what is wrong would not be told
    kind: z
      .enum(['', 'deployed', 'upgraded', 'rolledback', 'removed'], {
        error: 'has to be deployed, upgraded, rolledback or removed',
      })
      .transform(kind => kind || undefined)
      .optional(),
    url: optional(
      z
        .url({
          protocol: /^https?$/,
          error: 'has to be an address with http(s)',
        })
        .max(2_048),
    ),
  })
  .refine(row => row.kind === 'removed' || row.artifact || row.revision, {
    path: ['artifact'],
    error: 'is missing, and so is revision',
  });

/** @internal */
export type ImportRow = z.output<typeof rowSchema>;
