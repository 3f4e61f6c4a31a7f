/**
 * The words of a name or of what somebody typed, in lower case and without accents:
 * `fareEngine`, `fare-engine`, `fare.engine` and `Fare Engine` are the same two.
 *
 * @internal
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
