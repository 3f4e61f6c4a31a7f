import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or folder may vanish between being listed and being looked at. */
async function ignoreMissing<T>(work: Promise<T>, fallback: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return fallback;
    }
    throw error;
  }
}

async function modified(path: string): Promise<number> {
  return ignoreMissing(
    stat(path).then(stats => stats.mtimeMs),
    0,
  );
}

/**
 * When a ref of the repository was last changed. Git replaces a ref's file by
 * renaming a lock over it, which touches the folder that holds it.
 *
 * @internal
 */
export async function lastChange(directory: string): Promise<Date> {
  const visit = async (folder: string): Promise<number> => {
    const entries = await ignoreMissing(
      readdir(folder, { withFileTypes: true }),
      [],
    );
    const times = await Promise.all(
      entries
        .filter(entry => entry.isDirectory())
        .map(entry => visit(join(folder, entry.name))),
    );
    return Math.max(await modified(folder), ...times);
  };
  const times = await Promise.all([
    visit(join(directory, 'refs')),
    modified(join(directory, 'packed-refs')),
    modified(join(directory, 'HEAD')),
  ]);
  return new Date(Math.max(...times));
}

/**
 * Kilobytes of the packs of a repository.
 *
 * @internal
 */
export async function packSize(directory: string): Promise<number> {
  const folder = join(directory, 'objects', 'pack');
  const names = await ignoreMissing(readdir(folder), []);
  const sizes = await Promise.all(
    names.map(name =>
      ignoreMissing(
        stat(join(folder, name)).then(stats => stats.size),
        0,
      ),
    ),
  );
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}
