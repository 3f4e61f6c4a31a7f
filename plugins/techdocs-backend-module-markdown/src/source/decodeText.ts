/**
 * The text of a file, or undefined when it is not UTF-8.
 *
 * @internal
 */
export function decodeText(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
