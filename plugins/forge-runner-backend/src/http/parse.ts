import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * What came from outside, in the shape that is expected.
 *
 * @throws InputError that names the first field that is wrong
 * @internal
 */
export function parse<TSchema extends z.ZodType>(
  schema: TSchema,
  value: unknown,
): z.output<TSchema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
  }
  return result.data;
}
