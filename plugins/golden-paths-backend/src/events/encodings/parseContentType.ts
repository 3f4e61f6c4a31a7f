/**
 * The parts of a content type, in lower case.
 *
 * @internal
 */
export function parseContentType(header: string | undefined): {
  mediaType: string;
  charset: string | undefined;
} {
  const [mediaType, ...parameters] = (header ?? '').toLowerCase().split(';');
  const [charset] = parameters.flatMap(parameter => {
    const [, value] =
      /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/.exec(parameter) ?? [];
    return value === undefined ? [] : [value];
  });
  return { mediaType: mediaType.trim(), charset };
}
