import type { Entity } from '@backstage/catalog-model';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { EvidenceInput } from '@waymark/plugin-scorecards-common';

const PLACEHOLDER = /\$\{\{\s*([^{}\s]+)\s*\}\}/g;

type Lookup = (path: string) => unknown;

/**
 * What stands at a path. Keys may have dots themselves, as annotations do: the
 * longest one that is there is meant.
 */
function walk(value: unknown, segments: string[]): unknown {
  if (segments.length === 0) {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (let end = segments.length; end > 0; end--) {
    const key = segments.slice(0, end).join('.');
    if (Object.hasOwn(value, key)) {
      const found = walk(
        (value as Record<string, unknown>)[key],
        segments.slice(end),
      );
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

function lookUpFact(inputs: EvidenceInput[], path: string): unknown {
  for (const { path: known, value, truncated } of inputs) {
    // Half of a list would be filled in as if it were all of it
    if (truncated || !(path === known || path.startsWith(`${known}.`))) {
      continue;
    }
    const rest = path.slice(known.length + 1);
    const found = walk(value, rest ? rest.split('.') : []);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** As a part of a text; undefined for what has no words. */
function toText(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const texts = value.map(toText);
    return texts.includes(undefined) ? undefined : texts.join(', ');
  }
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? String(value)
    : undefined;
}

function resolveString(text: string, lookUp: Lookup): JsonValue | undefined {
  const [first] = text.matchAll(PLACEHOLDER);
  if (first && first[0] === text.trim()) {
    return lookUp(first[1]) as JsonValue | undefined;
  }
  let isComplete = true;
  const resolved = text.replace(PLACEHOLDER, (_, path: string) => {
    const part = toText(lookUp(path));
    isComplete &&= part !== undefined;
    return part ?? '';
  });
  return isComplete ? resolved : undefined;
}

function resolve(
  value: JsonValue | undefined,
  lookUp: Lookup,
): JsonValue | undefined {
  if (typeof value === 'string') {
    return resolveString(value, lookUp);
  }
  if (Array.isArray(value)) {
    return value
      .map(item => resolve(item, lookUp))
      .filter(item => item !== undefined);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, resolve(item, lookUp)] as const)
        .filter(([, item]) => item !== undefined),
    );
  }
  return value;
}

/**
 * The answers that the form of a template starts with: `${{ entity.<path> }}` and
 * `${{ facts.<path> }}` give way to what the catalog says of the entity, and to what
 * the rule read. A string that is nothing but a placeholder becomes the value itself;
 * what cannot be resolved is left out.
 */
export function resolveValues(
  values: JsonObject,
  known: { entity: Entity; inputs: EvidenceInput[] },
): JsonObject {
  return resolve(values, path => {
    const [root, ...rest] = path.split('.');
    if (root === 'entity') {
      return walk(known.entity, rest);
    }
    return root === 'facts' ? lookUpFact(known.inputs, path) : undefined;
  }) as JsonObject;
}
