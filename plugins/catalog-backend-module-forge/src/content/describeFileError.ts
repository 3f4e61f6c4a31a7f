import { isError } from '@backstage/errors';

/**
 * What is wrong with a file, beginning with its address.
 *
 * @internal
 */
export function describeFileError(target: string, error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  // Parsers quote what they do not like
  const short = message.length > 1000 ? `${message.slice(0, 1000)}…` : message;
  return short.startsWith(target) ? short : `${target} ${short}`;
}
