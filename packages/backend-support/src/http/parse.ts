import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { describeIssue, plainWords } from './describeIssue';

/** More than these are not listed: a body may have thousands. */
const MAX_ISSUES = 10;

/**
 * What came from outside, in the shape that is expected.
 *
 * @param what - says in the error where it came from, such as `query`
 * @public
 * @throws InputError that names each field that is wrong, and why
 */
export function parse<TSchema extends z.ZodType>(
  schema: TSchema,
  value: unknown,
  what: 'path' | 'query' | 'body' | 'input',
): z.output<TSchema> {
  const result = schema.safeParse(value, { error: plainWords });
  if (result.success) {
    return result.data;
  }
  const issues = result.error.issues
    .slice(0, MAX_ISSUES)
    .map(issue => describeIssue(issue, what));
  throw new InputError(`Bad ${what}: ${issues.join('; ')}`);
}
