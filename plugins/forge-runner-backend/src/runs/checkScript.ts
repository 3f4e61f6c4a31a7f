import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Looks at a stage script before it is run.
 *
 * @returns what is wrong with it, for people
 * @internal
 */
export async function checkScript(
  source: string,
  name: string,
): Promise<string | undefined> {
  const path = `ci/${name}`;
  const folder = await lstat(join(source, 'ci')).catch(() => undefined);
  const file = await lstat(join(source, path)).catch(() => undefined);
  if (folder?.isSymbolicLink() || file?.isSymbolicLink()) {
    return `${path} is a link, or lies behind one: a stage script has to be a file of the repository`;
  }
  if (!file?.isFile()) {
    return `${path} is not a file`;
  }
  if ((file.mode & 0o111) === 0) {
    return `${path} is not executable: git update-index --chmod=+x ${path}`;
  }
  return undefined;
}
