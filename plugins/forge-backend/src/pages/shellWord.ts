/**
 * A word as a POSIX shell takes it literally: what needs no quotes stays as it is.
 *
 * @internal
 */
export function shellWord(text: string): string {
  return /^[\w./@%+:,-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}
