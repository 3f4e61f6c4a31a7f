import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** PostgreSQL takes no NUL, and nothing but ASCII is in here. */
const PRINTABLE = /^[ -~]*$/;

const positionSchema = z.tuple([
  z.string().max(24).regex(PRINTABLE),
  z.string().max(20).regex(PRINTABLE),
]);

/**
 * The place after which the next page begins.
 *
 * @internal
 */
export function encodeCursor(position: {
  createdAt: string;
  id: string;
}): string {
  return Buffer.from(
    JSON.stringify([position.createdAt, position.id]),
  ).toString('base64url');
}

/**
 * @throws InputError
 * @internal
 */
export function decodeCursor(cursor: string): {
  createdAt: string;
  id: string;
} {
  try {
    const [createdAt, id] = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    return { createdAt, id };
  } catch {
    throw new InputError('cursor: is not one that this list gave out');
  }
}
