const ACTIVE =
  /<(?:[\w-]+:)?(?:script|handler|listener|iframe|object|embed)\b|<!entity|[\s"'/]on[a-z]+\s*=|(?:java|vb)script\s*:/i;

function fromCode(digits: string, radix: number): string {
  const code = Number.parseInt(digits, radix);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/**
 * Whether an SVG is a mere picture. TechDocs shows it as an image, in which
 * nothing runs; this is for whoever opens the file by itself, on whatever host
 * the site was published to.
 *
 * @internal
 */
export function isInertSvg(content: string): boolean {
  // Zeros are another encoding, which could spell anything
  if (content.includes('\0')) {
    return false;
  }
  // What references to characters spell counts as well
  const text = content
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits) => fromCode(digits, 16))
    .replace(/&#([0-9]{1,7});?/g, (_, digits) => fromCode(digits, 10));
  return !ACTIVE.test(text);
}
