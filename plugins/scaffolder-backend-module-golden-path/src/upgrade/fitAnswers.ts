import { isDeepStrictEqual } from 'node:util';
import { JsonObject, JsonValue } from '@backstage/types';
import { validate, ValidationError } from 'jsonschema';
import { UpgradeError } from './UpgradeError';
import { UpgradeField } from '@waymark/plugin-golden-paths-common';

/** Where a schema may have further schemas of the same answers. */
const SAME_ANSWERS = ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if'];

/**
 * Makes the answers that a service was made with answers to the form as it is now:
 * fields that the form has lost are left out, new ones take their default, as in
 * the form. Then they are held against the form as those of a new run are.
 *
 * What is given is for what nobody answered before, or what does not fit any more.
 * Any other answer is the owners': an upgrade does not change what a service is.
 *
 * @returns the answers, and the names of those left out
 * @throws UpgradeError with the fields that are missing or do not fit any more
 * @internal
 */
export function fitAnswers(options: {
  /** The pages of the form, as JSON schemas. */
  pages: JsonObject[];
  recorded: JsonObject;
  /** From whoever asks for the upgrade, for what is new. */
  given?: JsonObject;
}): { answers: JsonObject; dropped: string[] } {
  const { pages, recorded, given = {} } = options;
  const fields = new Map<string, JsonObject>();
  for (const page of pages) {
    collectFields(page, fields);
  }

  const kept = withoutLostParts(recorded, fields);
  const answers: JsonObject = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries({
    ...kept,
    ...given,
  })) {
    if (fields.has(name) || fields.size === 0) {
      answers[name] = value;
    } else if (Object.hasOwn(given, name)) {
      throw new UpgradeError(
        'answers',
        `answers.${name}: the form has no such field`,
      );
    } else {
      dropped.push(name);
    }
  }
  for (const [name, schema] of fields) {
    if (answers[name] === undefined && schema.default !== undefined) {
      answers[name] = schema.default;
    }
  }

  for (const [name, value] of Object.entries(given)) {
    const before = kept[name];
    if (
      before !== undefined &&
      !isDeepStrictEqual(before, value) &&
      fits(pages, { ...answers, [name]: before }, name)
    ) {
      throw new UpgradeError(
        'answers',
        `answers.${name}: it was answered when the service was made, and that still fits; an upgrade does not change it`,
      );
    }
  }

  const wrong = new Map<string, UpgradeField>();
  for (const page of pages) {
    for (const error of validate(answers, page).errors) {
      const name = fieldOf(error);
      const schema = fields.get(name) ?? {};
      if (!wrong.has(name)) {
        wrong.set(name, {
          name,
          title: textOf(schema.title) ?? name,
          description: textOf(schema.description),
          message:
            error.name === 'required'
              ? 'is new and has to be filled in'
              : error.message,
          schema,
        });
      }
    }
  }
  if (wrong.size > 0) {
    const named = [...wrong.values()]
      .map(({ name, message }) => `answers.${name}: ${message}`)
      .join('; ');
    throw new UpgradeError(
      'answers',
      `What was filled in when the service was made no longer fits the form: ${named}`,
      { fields: [...wrong.values()] },
    );
  }
  return { answers, dropped };
}

/** Whether nothing is wrong with one of the answers. */
function fits(pages: JsonObject[], answers: JsonObject, name: string): boolean {
  return pages.every(page =>
    validate(answers, page).errors.every(error => fieldOf(error) !== name),
  );
}

/**
 * Of parts that the path no longer has, nothing is left to be left out; the others
 * are left out as before.
 */
function withoutLostParts(
  recorded: JsonObject,
  fields: Map<string, JsonObject>,
): JsonObject {
  const answers = { ...recorded };
  for (const [name, schema] of fields) {
    const value = answers[name];
    const { items } = schema;
    if (
      schema['ui:field'] === 'GoldenPathParts' &&
      Array.isArray(value) &&
      isObject(items)
    ) {
      answers[name] = value.filter(item => validate(item, items).valid);
    }
  }
  return answers;
}

function collectFields(
  schema: JsonValue | undefined,
  fields: Map<string, JsonObject>,
): void {
  if (!isObject(schema)) {
    return;
  }
  for (const [name, field] of Object.entries(asObject(schema.properties))) {
    // The first to say more than a bare name tells what it is
    if (isObject(field) && Object.keys(fields.get(name) ?? {}).length === 0) {
      fields.set(name, field);
    }
  }
  for (const key of SAME_ANSWERS) {
    for (const child of [schema[key]].flat()) {
      collectFields(child, fields);
    }
  }
  for (const key of ['dependencies', 'dependentSchemas']) {
    for (const child of Object.values(asObject(schema[key]))) {
      collectFields(child, fields);
    }
  }
}

function fieldOf(error: ValidationError): string {
  const [first] = error.path;
  return String(
    first ?? (error.name === 'required' ? error.argument : error.name),
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
