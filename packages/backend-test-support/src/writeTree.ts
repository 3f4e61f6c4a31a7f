import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes files; a content that begins with `#!` becomes executable.
 *
 * @internal
 */
export async function writeTree(
  directory: string,
  files: Record<string, string | Buffer>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    if (typeof content === 'string' && content.startsWith('#!')) {
      await chmod(target, 0o755);
    }
  }
}
