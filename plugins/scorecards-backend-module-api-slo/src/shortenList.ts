/** A fact may have 16 KiB. */
const MAX_BYTES = 12_000;

/**
 * What is distinct in a list, as much as a fact can hold.
 *
 * @internal
 */
export function shortenList(list: string[]): string[] {
  const distinct = [...new Set(list)];
  let bytes = 0;
  const kept = distinct.filter(entry => {
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    return bytes <= MAX_BYTES;
  });
  return kept.length < distinct.length
    ? [...kept, `and ${distinct.length - kept.length} more`]
    : kept;
}
