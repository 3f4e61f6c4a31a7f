import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import { EvidenceInput } from '../api/types';
import { Placeholder, readPath, readPlaceholders } from './placeholders';

/** What placeholders are resolved with. */
interface Sources {
  entity: Entity;
  inputs: EvidenceInput[];
}

/**
 * The answers that the form of a rule's template starts with: `fix.values` with
 * its placeholders filled in.
 *
 * `${{ entity.… }}` is read from the entity, `${{ facts.… }}` from the evidence of
 * the rule, and `${{ entityRef }}` is the ref of the entity. A text that is one
 * placeholder becomes what stands there, be it a list or a number. What cannot be
 * resolved is left out, for the person to fill in.
 *
 * @public
 */
export function resolveFixValues(options: {
  values: JsonObject;
  /** The entity that the rule is about, as the catalog has it. */
  entity: Entity;
  /** What the rule read: `evidence.inputs`. */
  inputs: EvidenceInput[];
}): JsonObject {
  const { values, ...sources } = options;
  return resolveObject(values, sources);
}

function resolveValue(
  value: JsonValue | undefined,
  sources: Sources,
): JsonValue | undefined {
  if (typeof value === 'string') {
    return resolveText(value, sources);
  }
  if (Array.isArray(value)) {
    return value.flatMap(item => {
      const resolved = resolveValue(item, sources);
      return resolved === undefined ? [] : [resolved];
    });
  }
  return typeof value === 'object' && value !== null
    ? resolveObject(value, sources)
    : value;
}

function resolveObject(values: JsonObject, sources: Sources): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const resolved = resolveValue(value, sources);
      return resolved === undefined ? [] : [[key, resolved]];
    }),
  );
}

function resolveText(text: string, sources: Sources): JsonValue | undefined {
  let parts;
  try {
    parts = readPlaceholders(text);
  } catch {
    // A scorecard of before placeholders were checked
    return undefined;
  }
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') {
    return lookUp(only, sources);
  }
  const texts = parts.map(part =>
    typeof part === 'string' ? part : textOf(lookUp(part, sources)),
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}

function lookUp(
  placeholder: Placeholder,
  sources: Sources,
): JsonValue | undefined {
  const { root, steps } = placeholder;
  switch (root) {
    case 'entityRef':
      return stringifyEntityRef(sources.entity);
    case 'entity':
      return valueAt(sources.entity as unknown as JsonObject, steps);
    default:
      return factAt(steps, sources.inputs);
  }
}

/** Evidence names the paths that a rule read; a placeholder may go deeper. */
function factAt(
  steps: Placeholder['steps'],
  inputs: EvidenceInput[],
): JsonValue | undefined {
  for (const { path, value, truncated } of inputs) {
    const read = readPath(path);
    if (
      value !== undefined &&
      // Half of a list would look as if it were all of it
      !truncated &&
      read?.root === 'facts' &&
      read.steps.every((step, index) => step === steps[index])
    ) {
      const found = valueAt(value, steps.slice(read.steps.length));
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

function valueAt(
  value: JsonValue | undefined,
  steps: Placeholder['steps'],
): JsonValue | undefined {
  return steps.reduce<JsonValue | undefined>(
    (current, step) =>
      typeof current === 'object' &&
      current !== null &&
      Object.hasOwn(current, step)
        ? (current as JsonObject)[step]
        : undefined,
    value,
  );
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (Array.isArray(value)) {
    const texts = (value as JsonArray).map(textOf);
    return texts.includes(undefined) ? undefined : texts.join(', ');
  }
  return value === undefined || value === null || typeof value === 'object'
    ? undefined
    : String(value);
}
