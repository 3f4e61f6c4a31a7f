import { Places } from './places';

/**
 * A row of a report over groups, systems or domains.
 *
 * @internal
 */
export interface PlaceRow {
  /** Absent: what belongs to none. */
  ref?: string;
  title?: string;
  /** Of a group: the one above it. */
  parent?: string;
  /** How many rows are above it. */
  depth: number;
}

const collator = new Intl.Collator('en-US', { numeric: true });

/**
 * Rows in the order in which they are read: each group after the one above it, those
 * of one by their titles; what belongs to none comes last.
 *
 * @internal
 */
export function placeRows(
  refs: ReadonlySet<string | undefined>,
  places: Places,
): PlaceRow[] {
  const sorted = [...refs]
    .filter(ref => ref !== undefined)
    .map(ref => ({ ref, name: places.title(ref) ?? nameOf(ref) }))
    .sort(
      (a, b) => collator.compare(a.name, b.name) || (a.ref < b.ref ? -1 : 1),
    )
    .map(({ ref }) => ref);
  const below = new Map<string | undefined, string[]>();
  for (const ref of sorted) {
    const parent = places.parent(ref);
    const above = refs.has(parent) ? parent : undefined;
    const siblings = below.get(above);
    if (siblings) {
      siblings.push(ref);
    } else {
      below.set(above, [ref]);
    }
  }

  const rows = new Map<string, PlaceRow>();
  function add(ref: string, depth: number) {
    if (!rows.has(ref)) {
      rows.set(ref, {
        ref,
        title: places.title(ref),
        parent: places.parent(ref),
        depth,
      });
      below.get(ref)?.forEach(child => add(child, depth + 1));
    }
  }
  below.get(undefined)?.forEach(ref => add(ref, 0));
  // Those that are above each other in a circle
  sorted.forEach(ref => add(ref, 0));
  return [...rows.values(), ...(refs.has(undefined) ? [{ depth: 0 }] : [])];
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}
