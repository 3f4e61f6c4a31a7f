import { GitRepository } from '../git/GitRepository';
import { UpgradeConflict } from '@waymark/plugin-golden-paths-common';

/**
 * What came of a merge that was only tried.
 *
 * @internal
 */
export interface TriedMerge {
  /** What the files would be; of those that conflict, with Git's markers. */
  tree: string;
  /** Paths of the files that conflict. */
  paths: string[];
  conflicts: UpgradeConflict[];
}

/**
 * Merges two branches as Git does, with renames, and moves nothing. Git writes their
 * names into what conflicts.
 *
 * @internal
 */
export async function mergeTree(
  git: GitRepository,
  options: { ours: string; theirs: string },
): Promise<TriedMerge> {
  const { output, isSuccess } = await git.queryOutcome([
    'merge-tree',
    '--write-tree',
    '--messages',
    '--name-only',
    '-z',
    options.ours,
    options.theirs,
  ]);
  const words = output.split('\0');
  const [tree] = words;
  if (isSuccess) {
    return { tree, paths: [], conflicts: [] };
  }
  // The names, an empty word, and then the messages: how many paths one is about,
  // those paths, its kind, itself
  let at = words.indexOf('', 1);
  const paths = [...new Set(words.slice(1, at))];
  const conflicts: UpgradeConflict[] = [];
  for (at += 1; at < words.length && words[at] !== ''; ) {
    const count = Number(words[at]);
    const about = words.slice(at + 1, at + 1 + count);
    const kind = words[at + 1 + count];
    const message = words[at + 2 + count] ?? '';
    if (kind.startsWith('CONFLICT')) {
      conflicts.push({ paths: about, message: message.trim() });
    }
    at += count + 3;
  }
  return { tree, paths, conflicts };
}
