import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';

/** The placeholders of the catalog itself, which are read by URL. */
const KEYS = ['$text', '$json', '$yaml'] as const;

/** @internal */
export type Placeholder = { key: (typeof KEYS)[number]; value: JsonValue };

function asPlaceholder(value: JsonObject): Placeholder | undefined {
  const [[name, content] = [], ...others] = Object.entries(value);
  const key = KEYS.find(candidate => candidate === name);
  return key && content !== undefined && others.length === 0
    ? { key, value: content }
    : undefined;
}

/**
 * A copy in which placeholders are replaced by what `resolve` gives for them, one
 * after the other.
 *
 * @param value - not nested too deeply, see checkSize
 * @internal
 */
export async function replacePlaceholders(
  value: JsonValue | undefined,
  resolve: (placeholder: Placeholder) => Promise<JsonValue>,
): Promise<JsonValue | undefined> {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items: JsonValue[] = [];
    for (const item of value) {
      items.push((await replacePlaceholders(item, resolve)) ?? null);
    }
    return items;
  }
  const placeholder = asPlaceholder(value);
  if (placeholder) {
    return resolve(placeholder);
  }
  const result: [string, JsonValue | undefined][] = [];
  for (const [key, child] of Object.entries(value)) {
    result.push([key, await replacePlaceholders(child, resolve)]);
  }
  return Object.fromEntries(result);
}

/**
 * The catalog would go on and fill these in too, and there would be no end.
 *
 * @throws InputError when there are any
 * @internal
 */
export async function refusePlaceholders(value: JsonValue): Promise<void> {
  await replacePlaceholders(value, async ({ key }) => {
    throw new InputError(`holds the placeholder ${key} of its own`);
  });
}
