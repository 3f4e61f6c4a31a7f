import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * What a request holds, in the shape that the route expects.
 *
 * @throws InputError with the name of the first value that has another
 *
 * @internal
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${issue.path.join('.') || 'The request'}: ${issue.message}`,
    );
  }
  return parsed.data;
}
