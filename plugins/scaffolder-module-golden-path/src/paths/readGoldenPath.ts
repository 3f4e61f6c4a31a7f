import type { Entity } from '@backstage/catalog-model';
import { z } from 'zod/v4';

/** Longest text that still reads as one line or a short paragraph. */
const text = z.string().trim().min(1).max(500);

const part = z.union([
  text.transform(title => ({ title, details: undefined })),
  z.object({ title: text, details: text.optional() }),
]);

const duration = z
  .strictObject({
    seconds: z.number().nonnegative().optional(),
    minutes: z.number().nonnegative().optional(),
    hours: z.number().nonnegative().optional(),
  })
  .transform(
    ({ seconds = 0, minutes = 0, hours = 0 }) =>
      seconds + 60 * (minutes + 60 * hours),
  );

const goldenPathSchema = z.strictObject({
  summary: text.optional(),
  for: z.enum(['new', 'existing']).default('new'),
  version: text.optional(),
  makes: z.array(part).max(50).default([]),
  needs: z.array(text).max(50).default([]),
  duration: duration.optional(),
  /** What becomes of its files is no matter for those who choose. */
  files: z
    .array(
      z.strictObject({
        path: text,
        policy: z.enum(['managed', 'merge', 'once']),
      }),
    )
    .max(100)
    .optional(),
  /** What changed with its versions is for those who upgrade. */
  changes: z
    .array(z.strictObject({ version: text, text: z.string().min(1).max(2000) }))
    .max(200)
    .optional(),
});

/**
 * What a template says of itself in `spec.goldenPath`, for people who choose.
 *
 * @public
 */
export interface GoldenPathDescription {
  /** One sentence; default: the description of the template. */
  summary?: string;
  /** Whether it makes something new, or changes what is there already. */
  for: 'new' | 'existing';
  version?: string;
  /** What one gets. */
  makes: Array<{ title: string; details?: string }>;
  /** What one has to have before. */
  needs: string[];
  /** How long a run takes, in seconds, until real ones tell. */
  duration?: number;
}

/**
 * Reads `spec.goldenPath` of a template. A template without it is no golden path;
 * one with a mistake in it is shown as if it had said nothing, with the mistake.
 *
 * @public
 */
export function readGoldenPath(template: Entity): {
  isGoldenPath: boolean;
  description: GoldenPathDescription;
  /** What is wrong, for whoever looks after the template. */
  problems: string[];
} {
  const stated = template.spec?.goldenPath;
  const nothing: GoldenPathDescription = { for: 'new', makes: [], needs: [] };
  if (stated === undefined) {
    return { isGoldenPath: false, description: nothing, problems: [] };
  }

  const parsed = goldenPathSchema.safeParse(stated);
  if (parsed.success) {
    return { isGoldenPath: true, description: parsed.data, problems: [] };
  }
  return {
    isGoldenPath: true,
    description: nothing,
    problems: parsed.error.issues.map(
      ({ path, message }) =>
        `${['spec', 'goldenPath', ...path].join('.')}: ${message}`,
    ),
  };
}
