import {
  CompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { z } from 'zod';

/** The longest ref that is stored. */
const MAX_REF_LENGTH = 400;

const DAY_MS = 86_400_000;

/**
 * A part of the ref of an entity.
 *
 * @public
 */
export const refPartSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(
    // PostgreSQL does not even take U+0000
    /^[^\s\p{Cc}:/]+$/u,
    'has to be a name without spaces, control characters, colons and slashes',
  );

/**
 * `/:kind/:namespace/:name` as the full ref of an entity.
 *
 * @public
 */
export const entityParamsSchema = z
  .object({
    kind: refPartSchema,
    namespace: refPartSchema,
    name: refPartSchema,
  })
  .transform(params => stringifyEntityRef(params));

/**
 * The ref of an entity in any spelling, as the full one.
 *
 * @param defaults - what need not be said; without a kind here it is needed
 * @public
 */
export function entityRefSchema(defaults: { kind?: string } = {}) {
  return z
    .string()
    .max(MAX_REF_LENGTH)
    .transform((text, context) => {
      let ref: CompoundEntityRef;
      try {
        ref = parseEntityRef(text, {
          defaultKind: defaults.kind,
          defaultNamespace: 'default',
        });
      } catch {
        context.addIssue(
          'is not the ref of an entity, such as component:default/checkout',
        );
        return z.NEVER;
      }
      const whole = entityParamsSchema.safeParse(ref);
      if (!whole.success) {
        context.addIssue(
          'is not the ref of an entity, such as component:default/checkout',
        );
        return z.NEVER;
      }
      return whole.data;
    });
}

/**
 * How many of something, in a query.
 *
 * @public
 */
export function countSchema(options: { max: number }) {
  return z
    .string()
    .regex(/^\d{1,6}$/, 'has to be a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(options.max));
}

/**
 * How many items a page has.
 *
 * @public
 */
export function limitSchema(options: { default: number; max: number }) {
  return countSchema(options).default(options.default);
}

/**
 * A part of a text that is looked for.
 *
 * @public
 */
export const searchSchema = z
  .string()
  .trim()
  .max(200)
  // PostgreSQL does not take it
  .refine(text => !text.includes('\0'), 'must not have the character U+0000');

/**
 * A time with its zone, in milliseconds.
 *
 * @public
 */
export const timeSchema = z
  .string()
  .max(40)
  .pipe(
    z.iso.datetime({
      offset: true,
      error:
        'has to be a time with a zone in ISO 8601, such as 2026-11-20T08:00:00Z',
    }),
  )
  .transform(text => Date.parse(text))
  .refine(time => Number.isFinite(time), 'is not a time');

/**
 * A time, in milliseconds. A date stands for the beginning of that day, UTC.
 *
 * @public
 */
export const beginningSchema = z.union(
  [z.iso.date().transform(day => Date.parse(`${day}T00:00:00Z`)), timeSchema],
  {
    error:
      'has to be a date, or a time with a zone in ISO 8601, such as 2026-11-20 or 2026-11-20T08:00:00Z',
  },
);

/**
 * A time that has been, in milliseconds. A date stands for the end of that day,
 * UTC, and today for now.
 *
 * @public
 */
export function pastSchema(now: () => number) {
  const endOfDay = z.iso.date().transform(day => {
    const start = Date.parse(`${day}T00:00:00Z`);
    const end = start + DAY_MS - 1;
    return start <= now() ? Math.min(end, now()) : end;
  });
  return z
    .union([endOfDay, timeSchema], {
      error:
        'has to be a date, or a time with a zone in ISO 8601, such as 2026-11-20 or 2026-11-20T08:00:00Z',
    })
    .refine(time => time <= now(), 'has to be in the past');
}
