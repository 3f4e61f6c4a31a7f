import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { listFiles } from '../files/listFiles';

/**
 * Moves the files of several folders into one, in place of what it held.
 *
 * @returns how many files there are
 * @throws InputError when two of them bring the same file, or one a file where
 * another brings a folder; nothing is changed then
 * @internal
 */
export async function mergeFolders(options: {
  folders: { label: string; directory: string }[];
  target: string;
}): Promise<number> {
  const origins = new Map<string, string>();
  const parents = new Map<string, string>();
  const moves: { from: string; path: string }[] = [];

  for (const { label, directory } of options.folders) {
    for (const { path, absolutePath } of await listFiles({
      directory,
      label,
    })) {
      // Some file systems, and some colleagues' machines, ignore the case
      const key = path.toLowerCase();
      const other = origins.get(key) ?? parents.get(key);
      if (other !== undefined) {
        throw new InputError(`${path} comes from ${other} and from ${label}`);
      }
      origins.set(key, label);
      moves.push({ from: absolutePath, path });

      for (
        let end = key.lastIndexOf('/');
        end > 0;
        end = key.lastIndexOf('/', end - 1)
      ) {
        const parent = key.slice(0, end);
        const file = origins.get(parent);
        if (file !== undefined) {
          throw new InputError(
            `${parent} is a file in ${file} and a folder in ${label}`,
          );
        }
        parents.set(parent, label);
      }
    }
  }

  for (const name of await readdir(options.target)) {
    await rm(join(options.target, name), { recursive: true, force: true });
  }
  for (const { from, path } of moves) {
    const to = join(options.target, path);
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
  return moves.length;
}
