import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { UnprocessableError } from '../http/UnprocessableError';

function describe(error: z.ZodError): string {
  // The first thing wrong with each field is enough to put it right
  const messages = new Map<string, string>();
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'body';
    if (!messages.has(field)) {
      messages.set(field, issue.message);
    }
  }
  return [...messages].map(entry => entry.join(': ')).join('; ');
}

/**
 * Reads what stands in the address of a request.
 *
 * @throws InputError (400) whose message names each wrong field
 * @internal
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(describe(result.error));
  }
  return result.data;
}

/**
 * Reads the body of a request.
 *
 * @throws UnprocessableError (422, as Gitea answers) whose message names each wrong field
 * @internal
 */
export function parseBody<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new UnprocessableError(describe(result.error));
  }
  return result.data;
}
