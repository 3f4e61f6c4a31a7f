import { readdir, readFile, stat } from 'node:fs/promises';
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

/** How many refs are below a folder, and when one was last changed. */
async function visit(folder: string): Promise<{ refs: number; time: number }> {
  const entries = await ignoreMissing(
    readdir(folder, { withFileTypes: true }),
    [],
  );
  const below = await Promise.all(
    entries.map(async entry =>
      entry.isDirectory()
        ? visit(join(folder, entry.name))
        : { refs: entry.name.endsWith('.lock') ? 0 : 1, time: 0 },
    ),
  );
  return {
    refs: below.reduce((sum, { refs }) => sum + refs, 0),
    time: Math.max(
      await modified(folder),
      ...below.map(({ time: changed }) => changed),
    ),
  };
}

/**
 * Whether a repository has a branch, and when a ref of it was last changed. Git
 * replaces the file of a ref by renaming a lock over it, which touches the
 * folder that holds it. A list of repositories asks this of each, so it starts
 * no process.
 *
 * @internal
 */
export async function readRefState(
  directory: string,
): Promise<{ empty: boolean; updatedAt: Date }> {
  const packedRefs = join(directory, 'packed-refs');
  const [heads, tags, packed, packedTime, headTime] = await Promise.all([
    visit(join(directory, 'refs', 'heads')),
    visit(join(directory, 'refs', 'tags')),
    ignoreMissing(readFile(packedRefs, 'utf8'), ''),
    modified(packedRefs),
    modified(join(directory, 'HEAD')),
  ]);
  return {
    empty: heads.refs === 0 && !packed.includes(' refs/heads/'),
    updatedAt: new Date(Math.max(heads.time, tags.time, packedTime, headTime)),
  };
}

/**
 * Kilobytes of the packs of a repository.
 *
 * @internal
 */
export async function readPackSize(directory: string): Promise<number> {
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
