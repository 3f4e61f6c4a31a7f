import { InputError, toError } from '@backstage/errors';
import { parse } from 'yaml';

/**
 * What a text in YAML or JSON says.
 *
 * @throws InputError when it is neither, with what and where
 * @internal
 */
export function parseText(text: string): unknown {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    // The first line says what and where, the others show it
    throw new InputError(toError(error).message.split('\n')[0]);
  }
}
