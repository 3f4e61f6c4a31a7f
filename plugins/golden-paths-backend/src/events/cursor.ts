import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { EventPosition } from './EventStore';
import { timestampSchema } from './schemas/primitives';

/** The largest number that the column takes on PostgreSQL. */
const MAX_SEQUENCE = 2n ** 63n - 1n;

const cursorSchema = z.tuple([
  timestampSchema,
  z
    .string()
    .regex(/^\d{1,19}$/)
    .refine(sequence => BigInt(sequence) <= MAX_SEQUENCE),
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
