import { describeError } from '@waymark/ui';

/** The answers of the form. @internal */
export const FIELDS = [
  'source',
  'entityRefs',
  'description',
  'expiresAt',
] as const;

/** @internal */
export type FieldErrors = Partial<
  Record<(typeof FIELDS)[number] | 'form', string>
>;

/** `field: what is wrong`, where a field may be followed by the place in a list. */
const PART = new RegExp(
  `^(${FIELDS.join('|')})(?:[.[]\\d+\\]?)?:? +(.+)$`,
  's',
);

/**
 * Puts what the backend says about a refused request to the fields it speaks of.
 *
 * @internal
 */
export function readFieldErrors(error: unknown): FieldErrors {
  const errors: FieldErrors = {};
  const add = (field: keyof FieldErrors, message: string) => {
    errors[field] = errors[field] ? `${errors[field]}; ${message}` : message;
  };
  for (const part of describeError(error).split('; ')) {
    const [, field, message] = part.match(PART) ?? [];
    if (field) {
      add(field as (typeof FIELDS)[number], message);
    } else {
      add('form', part);
    }
  }
  return errors;
}
