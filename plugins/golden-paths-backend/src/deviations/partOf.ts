/**
 * The name of the part that a deviation is about.
 *
 * @returns undefined when it is about files
 * @internal
 */
export function partOf(path: string): string | undefined {
  return /^part:(.+)$/.exec(path)?.[1];
}
