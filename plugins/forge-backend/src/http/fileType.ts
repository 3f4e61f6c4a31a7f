const PICTURES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/**
 * What the name of a file tells. SVG is no picture here: it can hold scripts.
 *
 * @internal
 */
export function fileType(name: string): {
  markdown: boolean;
  /** Media type of a picture that every browser shows safely. */
  picture?: string;
} {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return {
    markdown: extension === 'md' || extension === 'markdown',
    picture: Object.hasOwn(PICTURES, extension)
      ? PICTURES[extension]
      : undefined,
  };
}

/**
 * Whether data is no text, by the rule that Git itself uses.
 *
 * @internal
 */
export function isBinary(data: Buffer): boolean {
  return data.subarray(0, 8000).includes(0);
}
