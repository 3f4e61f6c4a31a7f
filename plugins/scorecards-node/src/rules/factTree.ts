/**
 * Facts as a part of an expression sees them: `coverage.percent` is found at
 * `facts.coverage.percent`. Where one name continues another, the longer wins.
 *
 * @public
 */
export interface FactTree {
  readonly [segment: string]: unknown;
}

type Node = { [segment: string]: unknown };

/**
 * Makes the tree of facts by their dotted names.
 *
 * @public
 */
export function factTree(
  facts: Iterable<readonly [name: string, value: unknown]>,
): FactTree {
  const root: Node = Object.create(null);
  // Of our own nodes; the value of a fact may be a map, too
  const nodes = new Set<unknown>([root]);
  for (const [name, value] of facts) {
    const segments = name.split('.');
    const last = segments.length - 1;
    let node = root;
    for (let index = 0; index < last; index++) {
      let next = node[segments[index]];
      if (!nodes.has(next)) {
        next = Object.create(null);
        nodes.add(next);
        node[segments[index]] = next;
      }
      node = next as Node;
    }
    if (!nodes.has(node[segments[last]])) {
      node[segments[last]] = value;
    }
  }
  return root;
}

/**
 * The value at a path below a variable of an expression, or `undefined`.
 *
 * @public
 */
export function valueAt(root: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.hasOwn(value, segment)
        ? (value as Node)[segment]
        : undefined,
    root,
  );
}

/**
 * Whether a path of an expression reads the fact of that name: all of it, a part
 * of it or a map that it is in.
 *
 * @public
 */
export function readsFact(segments: readonly string[], name: string): boolean {
  const path = segments.join('.');
  return (
    path === '' ||
    path === name ||
    path.startsWith(`${name}.`) ||
    name.startsWith(`${path}.`)
  );
}
