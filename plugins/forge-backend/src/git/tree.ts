import { NotFoundError } from '@backstage/errors';
import { TooLargeError } from '../http/TooLargeError';
import { GitRepository } from './GitRepository';
import { TreeEntry, TreeEntryType } from './types';

function typeOf(mode: string): TreeEntryType {
  switch (mode) {
    case '040000':
      return 'dir';
    case '120000':
      return 'symlink';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}

function parse(output: string, parent: string): TreeEntry[] {
  return output
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, , id, size] = line.slice(0, tab).split(/ +/);
      const name = line.slice(tab + 1);
      return {
        name,
        path: parent ? `${parent}/${name}` : name,
        type: typeOf(mode),
        id,
        size: Number(size) || 0,
      };
    });
}

/** A folder with more is of no use to a reader, and costs the forge dearly. */
const MAX_ENTRIES = 10_000;

/**
 * What a folder holds: folders first, each in the order of their names.
 *
 * @throws NotFoundError when there is no such folder
 * @throws TooLargeError when it holds more than can be shown
 * @internal
 */
export async function listTree(
  repository: GitRepository,
  options: { commit: string; path: string },
): Promise<TreeEntry[]> {
  const { commit, path } = options;
  const { stdout, exitCode } = await repository.run(
    ['ls-tree', '-z', '-l', `${commit}:${path}`],
    { exitCodes: [0, 128] },
  );
  if (exitCode !== 0) {
    throw new NotFoundError(`There is no folder '${path}'`);
  }
  const entries = parse(stdout.toString('utf8'), path);
  if (entries.length > MAX_ENTRIES) {
    throw new TooLargeError(
      `'${path || '/'}' holds ${
        entries.length
      } files and folders, more than the ${MAX_ENTRIES} that are listed: clone the repository to see them`,
    );
  }
  const rank = (entry: TreeEntry) => (entry.type === 'dir' ? 0 : 1);
  return entries.sort(
    (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1),
  );
}

/**
 * The file, folder, symbolic link or submodule at a path. Links are told, never followed.
 *
 * @throws NotFoundError when there is nothing at the path
 * @internal
 */
export async function readTreeEntry(
  repository: GitRepository,
  options: { commit: string; path: string },
): Promise<TreeEntry> {
  const { commit, path } = options;
  if (path === '') {
    return { name: '', path: '', type: 'dir', id: commit, size: 0 };
  }
  const slash = path.lastIndexOf('/');
  const parent = slash < 0 ? '' : path.slice(0, slash);
  const output = await repository.text(['ls-tree', '-z', '-l', commit, path]);
  const [entry] = parse(output, '');
  if (!entry) {
    throw new NotFoundError(`There is no file or folder '${path}'`);
  }
  return {
    ...entry,
    path,
    name: path.slice(parent ? parent.length + 1 : 0),
  };
}

/**
 * The content of a file.
 *
 * @throws TooLargeError when it has more than `maxBytes`
 * @internal
 */
export async function readBlob(
  repository: GitRepository,
  options: { entry: TreeEntry; maxBytes: number },
): Promise<Buffer> {
  const { entry, maxBytes } = options;
  if (entry.size > maxBytes) {
    throw new TooLargeError(
      `'${entry.path}' has ${entry.size} bytes, more than the ${maxBytes} that are given out`,
    );
  }
  const { stdout } = await repository.run(['cat-file', 'blob', entry.id], {
    maxBytes,
  });
  return stdout;
}
