/**
 * Whether objects and lists lie inside each other at more levels than that. Does
 * not call itself: reading JSON takes any depth, writing it does not.
 *
 * @internal
 */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  let current: unknown[] = [value];
  for (let level = 0; level <= levels; level++) {
    current = current
      .filter(item => typeof item === 'object' && item !== null)
      .flatMap(item => Object.values(Object(item)));
  }
  return current.length > 0;
}
