import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import {
  describeIssue,
  entityRefSchema,
  plainWords,
  timeSchema,
} from '@waymark/backend-support';
import { z } from 'zod';
import { MAX_PUSHED_SOURCE_LENGTH } from './factLimits';

const schema = z.strictObject({
  entityRef: entityRefSchema(),
  name: z.string(),
  // Any JSON: it is looked at when it is stored
  value: z.custom<JsonValue>(value => value !== undefined, 'is missing'),
  observedAt: timeSchema,
  source: z.string().min(1).max(MAX_PUSHED_SOURCE_LENGTH).optional(),
});

/**
 * A fact as it is pushed.
 *
 * @internal
 */
export type ParsedFact = z.output<typeof schema>;

/**
 * One item of a push.
 *
 * @throws InputError that names the field
 * @internal
 */
export function parsePushedFact(item: unknown): ParsedFact {
  const result = schema.safeParse(item, { error: plainWords });
  if (!result.success) {
    throw new InputError(describeIssue(result.error.issues[0]));
  }
  return result.data;
}
