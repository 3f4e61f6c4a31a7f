import { z } from 'zod';

/** In characters: it may repeat names as long as the body. */
const MAX_LENGTH = 500;

/**
 * What is wrong with a field, after its name.
 *
 * @param whole - stands for the name when it is about everything
 * @public
 */
export function describeIssue(
  { path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>,
  whole?: string,
): string {
  const name = fieldName(path) || whole;
  const text = name ? `${name}: ${message}` : message;
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/**
 * For `error` of zod: what happens most, in words of those who send something.
 *
 * @public
 */
export const plainWords: z.core.$ZodErrorMap = issue => {
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return 'is missing';
  }
  if (
    issue.code === 'invalid_type' &&
    issue.expected === 'string' &&
    Array.isArray(issue.input)
  ) {
    return 'may be given once';
  }
  return undefined;
};

function fieldName(path: PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') {
        return `[${key}]`;
      }
      const text = String(key).slice(0, 100);
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}
