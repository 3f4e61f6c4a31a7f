/**
 * Text of another system as one line that every database keeps.
 *
 * @returns undefined when nothing is left
 * @internal
 */
export function cleanLine(
  text: string | null | undefined,
  max: number,
): string | undefined {
  const line = (text ?? '')
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return cut(line, max) || undefined;
}

/**
 * An address that a person may follow.
 *
 * @returns undefined for anything but http(s), and for what is too long
 * @internal
 */
export function cleanUrl(text: string | null | undefined): string | undefined {
  if (!text || !URL.canParse(text)) {
    return undefined;
  }
  const { protocol, href } = new URL(text);
  return /^https?:$/.test(protocol) && href.length <= 2_048 ? href : undefined;
}

/** Between two characters, never inside one. */
function cut(text: string, max: number): string {
  return text.length > max
    ? `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : text;
}
