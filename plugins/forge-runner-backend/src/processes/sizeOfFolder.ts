import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that are read at a time. */
const AT_ONCE = 16;

/**
 * Bytes that a folder takes on disk. Links are counted, never followed.
 *
 * @internal
 */
export async function sizeOfFolder(folder: string): Promise<number> {
  let bytes = 0;
  let waiting = [folder];
  while (waiting.length > 0) {
    const found = await Promise.all(waiting.splice(0, AT_ONCE).map(readFolder));
    waiting = waiting.concat(...found.map(({ folders }) => folders));
    bytes = found.reduce((sum, each) => sum + each.bytes, bytes);
  }
  return bytes;
}

async function readFolder(
  path: string,
): Promise<{ folders: string[]; bytes: number }> {
  const folders: string[] = [];
  let bytes = 0;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) {
      folders.push(place);
    } else {
      // Gone by now, perhaps
      const stat = await lstat(place).catch(() => undefined);
      bytes += (stat?.blocks ?? 0) * 512;
    }
  }
  return { folders, bytes };
}
