import { InputError } from '@backstage/errors';

/**
 * The text of a body that holds a JSON object.
 *
 * @internal
 * @throws InputError when it does not
 */
export function parseJsonObject(body: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      return text;
    }
  } catch {
    // The parser's own words would repeat parts of the body
  }
  throw new InputError('The body is not a JSON object');
}
