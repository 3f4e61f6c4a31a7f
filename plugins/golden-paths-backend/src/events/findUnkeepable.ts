/** PostgreSQL keeps neither U+0000 nor half a character in what it reads as JSON. */
const UNKEEPABLE = /\0|\p{Cs}/u;

/**
 * The path to a text, or a key, that not every database keeps as it is.
 *
 * @param value - JSON of few levels
 * @internal
 */
export function findUnkeepable(
  value: unknown,
  path: string[] = [],
): string[] | undefined {
  if (typeof value === 'string') {
    return UNKEEPABLE.test(value) ? path : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = UNKEEPABLE.test(key)
      ? path
      : findUnkeepable(item, [...path, key]);
    if (found) {
      return found;
    }
  }
  return undefined;
}
