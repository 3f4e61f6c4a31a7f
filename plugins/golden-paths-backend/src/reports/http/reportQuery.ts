import {
  entityRefSchema,
  placesShape,
  selectionShape,
} from '@waymark/backend-support';
import { z } from 'zod';
import { countSchema } from '@waymark/backend-support';
import { isWeek, Weeks } from '../../calendar/Weeks';

const MAX_WEEKS = 104;

/** A cursor holds the key of a row, which may be long. */
export const cursorSchema = z.string().max(4000);

/**
 * The date of a Monday that has come.
 *
 * @internal
 */
export function weekSchema(weeks: Weeks, now: () => number) {
  return z
    .string()
    .max(40)
    .refine(isWeek, {
      error: 'has to be the date of a Monday, such as 2026-11-16',
      abort: true,
    })
    .refine(week => week <= weeks.weekOf(now()), 'has to be in the past');
}

/**
 * The fields of a query by which reports choose weeks.
 *
 * @internal
 */
export function periodShape(weeks: Weeks, now: () => number) {
  return {
    weeks: countSchema({ max: MAX_WEEKS }).optional(),
    until: weekSchema(weeks, now).optional(),
  };
}

/**
 * The ref of a golden path: its name is enough.
 *
 * @internal
 */
export const templateRefSchema = entityRefSchema({ kind: 'template' }).refine(
  ref => ref.startsWith('template:'),
  'is not the ref of a template',
);

/**
 * The fields of a query by which reports choose services.
 *
 * @internal
 */
export const scopeShape = {
  ...placesShape,
  direct: z
    .enum(['true', 'false'])
    .transform(text => text === 'true')
    .optional(),
  system: selectionShape.system,
  template: templateRefSchema.optional(),
};
