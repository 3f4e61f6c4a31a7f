import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * A file within a folder.
 *
 * @internal
 */
export interface ListedFile {
  /** Relative to the folder, with forward slashes. */
  path: string;
  absolutePath: string;
  executable: boolean;
  size: number;
}

/** What nobody puts into a template on purpose. */
const IGNORED = new Set(['.git', 'node_modules', '.DS_Store']);

const MAX_FILES = 10_000;
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * All files under a folder, in the byte order of their paths. Folders without
 * files do not count, as in Git.
 *
 * @throws InputError for a symbolic link or another special file, which could
 * lead out of the folder, and when there is more than a template can be
 * @internal
 */
export async function listFiles(options: {
  directory: string;
  /** What the folder is, for messages. */
  label: string;
}): Promise<ListedFile[]> {
  const { directory, label } = options;
  const files: ListedFile[] = [];
  let bytes = 0;

  async function visit(folder: string, prefix: string): Promise<void> {
    for (const name of await readdir(folder)) {
      if (IGNORED.has(name)) {
        continue;
      }
      const path = prefix + name;
      const absolutePath = join(folder, name);
      const stats = await lstat(absolutePath);
      if (stats.isDirectory()) {
        await visit(absolutePath, `${path}/`);
      } else if (stats.isFile()) {
        bytes += stats.size;
        files.push({
          path,
          absolutePath,
          executable: (stats.mode & 0o100) !== 0,
          size: stats.size,
        });
      } else {
        throw new InputError(
          `${label} holds ${path}, which is a symbolic link or a special file; only plain files and folders are taken`,
        );
      }
      if (files.length > MAX_FILES || bytes > MAX_BYTES) {
        throw new InputError(
          `${label} holds more than ${MAX_FILES} files or ${
            MAX_BYTES / 1024 / 1024
          } MiB`,
        );
      }
    }
  }

  await visit(directory, '');
  return files.sort((a, b) => compareBytes(a.path, b.path));
}

/** An order that is the same on every machine, whatever its locale. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
