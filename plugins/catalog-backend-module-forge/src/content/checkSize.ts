import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';

const MAX_DEPTH = 64;

/** More than ten times what the largest file without aliases can hold. */
const MAX_NODES = 100_000;

/**
 * Refuses a parsed document that is much larger than the file it came from,
 * which aliases make possible, or that is nested so deeply that code that follows
 * it down runs out of stack.
 *
 * @throws InputError with the reason
 * @internal
 */
export function checkSize(
  document: JsonValue,
  options: { maxCharacters: number },
): void {
  const open: { value: JsonValue | undefined; depth: number }[] = [
    { value: document, depth: 1 },
  ];
  let nodes = 0;
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    nodes++;
    if (depth > MAX_DEPTH) {
      throw new InputError(
        `is nested too deeply: more than ${MAX_DEPTH} levels`,
      );
    }
    if (typeof value === 'string') {
      characters += value.length;
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        characters += Array.isArray(value) ? 0 : key.length;
        open.push({ value: child, depth: depth + 1 });
      }
    }
    if (characters > options.maxCharacters || open.length + nodes > MAX_NODES) {
      throw new InputError(
        'becomes too large when its YAML aliases are filled in',
      );
    }
  }
}
