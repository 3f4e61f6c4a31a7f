import type { Entity } from '@backstage/catalog-model';

/**
 * Whether the answer to a field is nobody's business.
 *
 * @internal
 */
export function isSecret(schema: {
  'ui:widget'?: unknown;
  'ui:field'?: unknown;
  format?: unknown;
  writeOnly?: unknown;
}): boolean {
  return (
    schema['ui:widget'] === 'password' ||
    schema.format === 'password' ||
    schema.writeOnly === true ||
    String(schema['ui:field'] ?? '').toLocaleLowerCase('en-US') === 'secret'
  );
}

/** Whether a schema, at any depth, asks for something to be kept secret. */
function holdsSecret(schema: unknown): boolean {
  if (Array.isArray(schema)) {
    return schema.some(holdsSecret);
  }
  if (typeof schema !== 'object' || schema === null) {
    return false;
  }
  return isSecret(schema) || Object.values(schema).some(holdsSecret);
}

/** The fields at the top of a schema, also those that come with a choice. */
function collectFields(schema: unknown, into: Map<string, boolean>) {
  if (Array.isArray(schema)) {
    schema.forEach(item => collectFields(item, into));
    return;
  }
  if (typeof schema !== 'object' || schema === null) {
    return;
  }
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const [name, field] of Object.entries(value)) {
        into.set(name, Boolean(into.get(name)) || holdsSecret(field));
      }
    } else {
      collectFields(value, into);
    }
  }
}

/**
 * The answers of a template's form that may be kept in the browser: those to fields
 * that it has, and that hold no secret, be it deep inside.
 *
 * @internal
 */
export function keepable(
  template: Entity,
  answers: Record<string, unknown>,
): Record<string, unknown> {
  const fields = new Map<string, boolean>();
  collectFields(template.spec?.parameters, fields);
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => fields.get(name) === false),
  );
}
