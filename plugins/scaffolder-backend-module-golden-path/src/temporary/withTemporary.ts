import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'waymark-golden-path-';
/** Longer than any work takes, also that of another process. */
const MAX_AGE_MS = 24 * 60 * 60_000;

/**
 * Lends a folder of its own for work outside of a run.
 *
 * @internal
 */
export async function withTemporary<T>(
  purpose: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${purpose}-`));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Deletes folders that a process which was killed could not.
 *
 * @internal
 */
export async function removeOldTemporary(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter(item => item.startsWith(PREFIX))) {
    const directory = join(tmpdir(), name);
    try {
      const { mtimeMs } = await lstat(directory);
      if (Date.now() - mtimeMs > MAX_AGE_MS) {
        await rm(directory, { recursive: true, force: true });
      }
    } catch {
      // Of somebody else, or gone meanwhile
    }
  }
}
