/**
 * Reads a response into memory, but never more than `maxBytes` of it.
 *
 * @returns undefined when there is more
 * @internal
 */
export async function readBounded(
  response: Response,
  options: { maxBytes: number },
): Promise<Buffer | undefined> {
  const { maxBytes } = options;
  if (!response.body) {
    return Buffer.alloc(0);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the rest of the download
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
