import { parseUnifiedDiff, DiffFile } from './diff';
import { GitRepository } from './GitRepository';

/** @internal */
export interface FileChange {
  path: string;
  /** Where a renamed file was before. */
  previousPath?: string;
  /** Undefined for a binary file. */
  added?: number;
  removed?: number;
}

/** @internal */
export interface Diff {
  files: FileChange[];
  /** As many of the files, from the first, as fit into the bounds. */
  patches: DiffFile[];
  /** Whether patches, or the end of the last one, are missing. */
  truncated: boolean;
}

const OPTIONS = ['--no-ext-diff', '--no-textconv', '--no-color', '-M'];

function parseNumstat(output: string): FileChange[] {
  const fields = output.split('\0');
  const files: FileChange[] = [];
  let at = 0;
  while (at < fields.length - 1) {
    const [added, removed, path] = fields[at].split('\t');
    at += 1;
    const change: FileChange = {
      path,
      added: added === '-' ? undefined : Number(added),
      removed: removed === '-' ? undefined : Number(removed),
    };
    if (path === '') {
      // A rename: both names follow as fields of their own
      change.previousPath = fields[at];
      change.path = fields[at + 1];
      at += 2;
    }
    files.push(change);
  }
  return files;
}

/**
 * The last commit two branches have in common.
 *
 * @internal
 */
export async function findMergeBase(
  repository: GitRepository,
  options: { base: string; head: string },
): Promise<string | undefined> {
  const { stdout, exitCode } = await repository.run(
    ['merge-base', options.base, options.head],
    { exitCodes: [0, 1] },
  );
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}

/**
 * What changed from one commit, or from nothing, to another.
 *
 * @internal
 */
export async function readDiff(
  repository: GitRepository,
  options: { from?: string; to: string; maxBytes: number },
): Promise<Diff> {
  const { from, to, maxBytes } = options;
  const commits = from ? [from, to] : ['--root', to];
  const command = ['diff-tree', '-r', '--no-commit-id', ...OPTIONS];
  const [numstat, patch] = await Promise.all([
    repository.text([...command, '--numstat', '-z', ...commits, '--']),
    repository.run([...command, '--patch', ...commits, '--'], {
      maxBytes,
      truncate: true,
    }),
  ]);
  return {
    files: parseNumstat(numstat),
    patches: parseUnifiedDiff(patch.stdout.toString('utf8')),
    truncated: patch.truncated,
  };
}
