/** Characters, without blanks around them. */
const SHORTEST = 10;
const LONGEST = 500;

/**
 * What is wrong with a reason for leaving a part out; undefined for a good one.
 *
 * @internal
 */
export function describeMalformedReason(reason: string): string | undefined {
  const { length } = reason.trim();
  if (length === 0) {
    return 'Say why it is left out';
  }
  if (length < SHORTEST) {
    return `Say why in at least ${SHORTEST} characters; these are ${length}`;
  }
  if (length > LONGEST) {
    return `At most ${LONGEST} characters; these are ${length}`;
  }
  return undefined;
}
