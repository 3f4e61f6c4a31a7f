import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { listFiles } from '../files/listFiles';

/**
 * One digest over folders: it changes with any byte, any name, and any
 * executable bit in them, and with nothing else.
 *
 * @internal
 */
export async function digestFolders(
  folders: { label: string; directory: string }[],
): Promise<string> {
  const hash = createHash('sha256');
  for (const { label, directory } of folders) {
    hash.update(`${JSON.stringify(label)}\n`);
    for (const file of await listFiles({ directory, label })) {
      const content = await readFile(file.absolutePath);
      // The length keeps a file's end and the next one's head apart
      hash.update(
        `${JSON.stringify(file.path)} ${file.executable ? 'x' : '-'} ${
          content.length
        }\n`,
      );
      hash.update(content);
    }
  }
  return `sha256:${hash.digest('hex')}`;
}
