import { GitRepository } from '../git/GitRepository';
import { GitError } from '../git/runGit';
import { PROVENANCE_PATH } from '../publish/provenance';
import { CommittedUpgrade } from './commitUpgrade';
import { ExaminedRepository } from './examineRepository';
import {
  UpgradeFile,
  UpgradePreview,
} from '@waymark/plugin-golden-paths-common';
import { RenderedUpgrade } from './UpgradeRenderer';

/** More of one file is not read on a page. */
const MAX_TEXT = 20_000;
/** Of files with their difference. */
const MAX_DIFFS = 300;

/** What happened to a file between two commits. */
interface FileChange {
  kind: 'added' | 'changed' | 'removed';
  path: string;
  /** Where it was, when it was renamed. */
  previousPath?: string;
}

/**
 * Puts an upgrade into words for whoever decides about it: file by file what the path
 * does, what the service did, and where Git cannot have both.
 *
 * @internal
 */
export async function describeUpgrade(options: {
  entityRef: string;
  repository: ExaminedRepository;
  rendered: RenderedUpgrade;
  committed: CommittedUpgrade;
}): Promise<UpgradePreview> {
  const { entityRef, repository, rendered, committed } = options;
  const { git, mainHead, templateHead, provenance } = repository;
  const { merge, templateCommit } = committed;
  const [theirs, ours] = await Promise.all([
    readChanges(git, provenance.commit, templateCommit),
    readChanges(git, provenance.commit, mainHead),
  ]);
  const yours = new Map(
    ours.map(change => [change.previousPath ?? change.path, change]),
  );

  const files: UpgradeFile[] = [];
  for (const change of theirs) {
    const { kind, path, previousPath } = change;
    const mine = yours.get(previousPath ?? path);
    const file: UpgradeFile = {
      path,
      previousPath,
      policy: rendered.policies.of(path),
      change: kind,
      yours: standing(mine),
      yourPath: mine?.previousPath ? mine.path : undefined,
      conflict: false,
    };
    files.push({
      ...file,
      ...(files.length < MAX_DIFFS
        ? await readDiff(git, {
            from: provenance.commit,
            to: templateCommit,
            change,
          })
        : { truncated: true }),
    });
  }
  for (const path of committed.kept) {
    if (!files.some(file => file.path === path)) {
      files.push({
        path,
        policy: 'once',
        change: 'kept',
        yours: standing(yours.get(path)),
        conflict: false,
      });
    }
  }
  for (const path of merge.paths) {
    if (!files.some(file => namesOf(file).includes(path))) {
      // Such as the provenance, in which owners write, too
      files.push({
        path,
        policy: rendered.policies.of(path),
        change: 'changed',
        yours: standing(yours.get(path)),
        conflict: true,
      });
    }
  }

  for (const file of files) {
    const names = namesOf(file);
    const path = merge.paths.find(name => names.includes(name));
    const messages = merge.conflicts
      .filter(conflict => conflict.paths.some(name => names.includes(name)))
      .map(({ message }) => message);
    if (path !== undefined || messages.length > 0) {
      file.conflict = true;
      file.messages = messages;
      file.conflictText = path && (await readText(git, merge.tree, path));
    }
  }
  files.sort(
    (a, b) =>
      Number(b.conflict) - Number(a.conflict) || (a.path < b.path ? -1 : 1),
  );
  const count = (change: UpgradeFile['change']) =>
    files.filter(file => file.change === change).length;
  return {
    entityRef,
    version: rendered.version,
    commit: mainHead,
    templateCommit: templateHead,
    files,
    counts: {
      added: count('added'),
      changed: count('changed'),
      removed: count('removed'),
      kept: count('kept'),
      conflicts: files.filter(({ conflict }) => conflict).length,
    },
    conflicts: merge.conflicts,
  };
}

function namesOf({ path, previousPath, yourPath }: UpgradeFile): string[] {
  return [path, previousPath, yourPath].filter(name => name !== undefined);
}

function standing(change: FileChange | undefined): UpgradeFile['yours'] {
  if (!change) {
    return 'unchanged';
  }
  if (change.previousPath !== undefined) {
    return 'renamed';
  }
  return change.kind === 'removed' ? 'deleted' : 'changed';
}

async function readChanges(
  git: GitRepository,
  from: string,
  to: string,
): Promise<FileChange[]> {
  const output = await git.query([
    'diff-tree',
    '-r',
    '-z',
    '-M',
    '--name-status',
    from,
    to,
  ]);
  const words = output.split('\0');
  const changes: FileChange[] = [];
  for (let at = 0; at + 1 < words.length; ) {
    const [letter] = words[at];
    const isRename = letter === 'R';
    const path = words[at + (isRename ? 2 : 1)];
    if (path !== PROVENANCE_PATH) {
      changes.push({
        kind:
          ({ A: 'added', D: 'removed' }[letter] as 'added' | 'removed') ??
          'changed',
        path,
        previousPath: isRename ? words[at + 1] : undefined,
      });
    }
    at += isRename ? 3 : 2;
  }
  return changes;
}

async function readDiff(
  git: GitRepository,
  options: { from: string; to: string; change: FileChange },
): Promise<Pick<UpgradeFile, 'diff' | 'binary' | 'truncated'>> {
  const { from, to, change } = options;
  let output: string;
  try {
    output = await git.query([
      '--literal-pathspecs',
      'diff-tree',
      '-r',
      '-M',
      '-p',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      from,
      to,
      '--',
      ...[change.previousPath, change.path].filter(path => path !== undefined),
    ]);
  } catch (error) {
    if (error instanceof GitError) {
      // Larger than what is taken from Git at a time
      return { truncated: true };
    }
    throw error;
  }
  const at = output.search(/^@@ /m);
  if (at < 0) {
    return /^(Binary files|GIT binary)/m.test(output) ? { binary: true } : {};
  }
  return bounded(output.slice(at));
}

function bounded(text: string): Pick<UpgradeFile, 'diff' | 'truncated'> {
  return text.length > MAX_TEXT
    ? {
        diff: text.slice(0, text.lastIndexOf('\n', MAX_TEXT) + 1),
        truncated: true,
      }
    : { diff: text };
}

async function readText(
  git: GitRepository,
  tree: string,
  path: string,
): Promise<string | undefined> {
  const text = await git.content(tree, path);
  return text === undefined || text.includes('\0')
    ? undefined
    : text.slice(0, MAX_TEXT);
}
