import type { JsonObject, JsonValue } from '@backstage/types';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer that the form offers, and what it is called there. */
export interface Choice {
  value: JsonValue;
  label: string;
}

/**
 * What can be chosen from, as forms of templates say it: values in `enum`, or
 * values with titles in `oneOf` or `anyOf`. Undefined where any answer will do.
 *
 * @internal
 */
export function readChoices(schema: JsonObject): Choice[] | undefined {
  if (Array.isArray(schema.enum)) {
    return schema.enum.flatMap(value =>
      value === undefined ? [] : [{ value, label: String(value) }],
    );
  }
  const offered = schema.oneOf ?? schema.anyOf;
  if (!Array.isArray(offered)) {
    return undefined;
  }
  const choices: Choice[] = [];
  for (const item of offered) {
    if (!isObject(item) || item.const === undefined) {
      return undefined;
    }
    const { const: value, title } = item;
    choices.push({
      value,
      label: typeof title === 'string' ? title : String(value),
    });
  }
  return choices;
}
