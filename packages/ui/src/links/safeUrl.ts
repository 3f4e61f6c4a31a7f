const ALLOWED = ['http:', 'https:', 'mailto:', 'tel:'];

/**
 * An address out of somebody's file that may become a link; undefined for
 * `javascript:`, `data:` and whatever else a browser would do more with than go
 * there.
 *
 * @public
 */
export function safeUrl(text: string): string | undefined {
  try {
    const url = new URL(text);
    return ALLOWED.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
