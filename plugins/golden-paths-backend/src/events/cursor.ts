import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { EventPosition } from './EventStore';

const cursorSchema = z.tuple([
  z.iso.datetime(),
  z.string().regex(/^\d{1,19}$/),
]);

/** @internal */
export function encodeCursor(position: EventPosition): string {
  return Buffer.from(
    JSON.stringify([position.occurredAt.toISOString(), position.sequence]),
  ).toString('base64url');
}

/**
 * @internal
 * @throws InputError when it is not one that was given out
 */
export function decodeCursor(cursor: string): EventPosition {
  try {
    const [occurredAt, sequence] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return { occurredAt: new Date(occurredAt), sequence };
  } catch {
    throw new InputError('The cursor is not one of this list');
  }
}
