import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../files/listFiles';

/** A condition around a whole file leaves line ends and blanks, not more. */
const MAX_BLANK_BYTES = 1024;

/**
 * Leaves out the files of which a condition left nothing: those that are blank
 * once rendered and were not before.
 *
 * @internal
 */
export async function dropBlankFiles(options: {
  source: string;
  rendered: string;
  /** What was rendered, for messages. */
  label: string;
}): Promise<void> {
  const { source, rendered, label } = options;
  for (const { path, absolutePath } of await listFiles({
    directory: rendered,
    label,
  })) {
    if (
      (await isBlank(absolutePath)) &&
      // Meant to be empty, such as what marks a folder
      !(await isBlank(join(source, path)))
    ) {
      await rm(absolutePath);
    }
  }
}

/** Of a file whose name was a template itself nobody can tell: it stays. */
async function isBlank(file: string): Promise<boolean> {
  try {
    const { size } = await stat(file);
    return (
      size <= MAX_BLANK_BYTES && (await readFile(file, 'utf8')).trim() === ''
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return true;
    }
    throw error;
  }
}
