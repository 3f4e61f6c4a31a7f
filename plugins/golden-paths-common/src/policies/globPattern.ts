/**
 * What the path of a file has to match: `*` stands for anything within a folder,
 * `**` for folders, too.
 *
 * @public
 */
export function globPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*\/|\*+)/)
    .map(part => {
      if (part === '**/') {
        return '(?:.*/)?';
      }
      if (part === '*') {
        return '[^/]*';
      }
      return /^\*+$/.test(part)
        ? '.*'
        : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 's');
}
