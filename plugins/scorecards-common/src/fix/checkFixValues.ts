import { JsonObject, JsonValue } from '@backstage/types';
import { readPlaceholders } from './placeholders';

/**
 * What is wrong with the placeholders in the `fix.values` of a rule, and where:
 * `endpoints[0]`.
 *
 * @public
 */
export function checkFixValues(
  values: JsonObject,
): { path: string; reason: string }[] {
  return entries(values, '').flatMap(([path, text]) => {
    try {
      readPlaceholders(text);
      return [];
    } catch (error) {
      return [{ path, reason: (error as Error).message }];
    }
  });
}

/** All texts within, each with its path. */
function entries(
  value: JsonValue | undefined,
  path: string,
): [string, string][] {
  if (typeof value === 'string') {
    return [[path, value]];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => entries(item, `${path}[${index}]`));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) =>
        entries(item, path ? `${path}.${key}` : key),
      )
    : [];
}
