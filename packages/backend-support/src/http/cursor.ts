import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { z } from 'zod';

/**
 * Where a page ends, for whoever asks for the next one.
 *
 * @param list - what is listed, with everything that decides which items it has
 * and in which order: a cursor is good for that list alone
 * @public
 */
export function encodeCursor(list: JsonValue, position: JsonValue): string {
  return Buffer.from(
    JSON.stringify([digestOf(list, position), position]),
  ).toString('base64url');
}

/**
 * The position in a cursor of the same list.
 *
 * @public
 * @throws InputError when it is not one that was given out for the list
 */
export function decodeCursor<TSchema extends z.ZodType>(
  list: JsonValue,
  schema: TSchema,
  cursor: string,
): z.output<TSchema> {
  try {
    const [digest, position] = z
      .tuple([z.string(), z.json()])
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (digest !== digestOf(list, position)) {
      throw new Error('It belongs to another list');
    }
    return schema.parse(position);
  } catch {
    throw new InputError('cursor: is not one of this list');
  }
}

/** Against mistakes, not against attackers: conditions apply to every page. */
function digestOf(list: JsonValue, position: JsonValue): string {
  return createHash('sha256')
    .update(JSON.stringify([list, position]))
    .digest('base64url')
    .slice(0, 16);
}
