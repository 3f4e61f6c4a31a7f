import { InputError } from '@backstage/errors';

/**
 * @throws InputError when the bytes are not text
 * @internal
 */
export function decodeText(data: Buffer): string {
  if (data.includes(0)) {
    throw new InputError('is a binary file, not text');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    throw new InputError('is not text in UTF-8');
  }
}
