/**
 * A part of what a path makes that a service may do without.
 *
 * @internal
 */
export interface Part {
  name: string;
  title: string;
  description?: string;
  /** Names of the parts without which it makes no sense. */
  needs: string[];
}

/**
 * A part that a service does without, and why.
 *
 * @internal
 */
export interface LeftOut {
  part: string;
  reason: string;
}

interface PartChoice {
  const?: unknown;
  title?: string;
  description?: string;
}

/**
 * The parts that a field of a form offers: those of `items.properties.part.oneOf`,
 * with `needs` of its `ui:options`.
 *
 * @internal
 */
export function readParts(
  schema: unknown,
  needs: Record<string, string[]> = {},
): Part[] {
  const { items } = (schema ?? {}) as {
    items?: { properties?: { part?: { oneOf?: PartChoice[] } } };
  };
  return (items?.properties?.part?.oneOf ?? []).flatMap(
    ({ const: name, title, description }) =>
      typeof name === 'string'
        ? [
            {
              name,
              title: title ?? name,
              description,
              needs: needs[name] ?? [],
            },
          ]
        : [],
  );
}

/**
 * What an answer says is left out, as far as it can be read: a link may bring
 * anything along.
 *
 * @internal
 */
export function readLeftOut(answer: unknown): LeftOut[] {
  return (Array.isArray(answer) ? answer : []).flatMap(entry => {
    const { part, reason } = (entry ?? {}) as Record<string, unknown>;
    return typeof part === 'string'
      ? [{ part, reason: typeof reason === 'string' ? reason : '' }]
      : [];
  });
}
