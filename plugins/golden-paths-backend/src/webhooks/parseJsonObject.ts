import { InputError } from '@backstage/errors';
import { isNestedDeeperThan } from '../events/isNestedDeeperThan';

/** Whoever is told of it may call itself for each; no sender comes near. */
const MAX_LEVELS = 100;

/**
 * The text of a body that holds a JSON object.
 *
 * @internal
 * @throws InputError when it does not
 */
export function parseJsonObject(body: Buffer): string {
  const text = readObject(body);
  if (text === undefined) {
    throw new InputError('The body is not a JSON object');
  }
  if (isNestedDeeperThan(MAX_LEVELS, JSON.parse(text))) {
    throw new InputError(`The body has more than ${MAX_LEVELS} levels`);
  }
  return text;
}

function readObject(body: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      return text;
    }
  } catch {
    // The parser's own words would repeat parts of the body
  }
  return undefined;
}
