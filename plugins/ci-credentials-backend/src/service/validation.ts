import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Text on one line: what is shown in lists, logs and error messages. */
function line(max: number) {
  return z
    .string()
    .trim()
    .max(max, `must have at most ${max} characters`)
    .refine(
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      value => !/[\u0000-\u001f\u007f]/.test(value),
      'must not contain control characters',
    );
}

const source = line(200).min(1, 'must not be empty');

const entityRef = line(255).transform((value, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(value));
  } catch {
    context.addIssue({
      code: 'custom',
      message: `must be an entity ref such as component:default/name`,
    });
    return z.NEVER;
  }
});

const entityRefs = z
  .array(entityRef)
  .min(1, 'must name at least one entity')
  .max(50, 'must name at most 50 entities')
  .transform(refs => [...new Set(refs)].sort());

/** An empty text counts as none. */
const optionalText = line(500)
  .optional()
  .transform(value => value || undefined);

const pageSize = (fallback: number, max: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(max, `must be at most ${max}`)
    .default(fallback);

const cursor = line(200).optional();

/** @internal */
export const createSchema = z.strictObject({
  source,
  entityRefs,
  description: optionalText,
  expiresAt: z.iso
    .datetime({
      offset: true,
      message: 'must be a time such as 2026-12-31T00:00:00Z',
    })
    .transform(value => new Date(value))
    .optional(),
});

/** @internal */
export const listSchema = z.strictObject({
  entityRef: entityRef.optional(),
  state: z.enum(['active', 'expired', 'revoked']).optional(),
  cursor,
  limit: pageSize(20, 100),
});

/** @internal */
export const revokeSchema = z.strictObject({ reason: optionalText });

/** @internal */
export const verifySchema = z.strictObject({
  token: z.string().min(1).max(16_384),
});

const issueKey = line(1000).min(1, 'must not be empty');

/** @internal */
export const issueSchema = z.strictObject({
  key: issueKey,
  source,
  entityRef,
  description: optionalText,
});

/** @internal */
export const settleSchema = z.strictObject({
  key: issueKey,
  keep: line(20).min(1),
  reason: optionalText,
});

/** @internal */
export const revokeIssuedSchema = z.strictObject({
  key: issueKey,
  reason: line(500).min(1, 'must not be empty'),
});

/** @internal */
export const listIssuedSchema = z.strictObject({
  cursor,
  limit: pageSize(100, 500),
});

/**
 * Reads what a request brings.
 *
 * @throws InputError that names the field
 * @internal
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${issue.path.join('.') || 'The request'}: ${issue.message}`,
    );
  }
  return parsed.data;
}
