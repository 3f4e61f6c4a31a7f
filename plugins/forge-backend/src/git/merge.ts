import { ConflictError } from '@backstage/errors';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepository } from './GitRepository';

/**
 * A file that two branches changed in ways which do not go together.
 *
 * @internal
 */
export interface ConflictingFile {
  path: string;
  /** Git's own words about it. */
  messages: readonly string[];
  /** With Git's markers, as far as a page has room; undefined for what is no text. */
  text?: string;
  truncated?: boolean;
}

/** @internal */
export type MergeOutcome =
  | { kind: 'clean'; tree: string }
  | { kind: 'conflict'; files: readonly ConflictingFile[] };

/** More conflicts are seen better in a clone. */
const MAX_SHOWN = 50;
const MAX_TEXT_BYTES = 20_000;

interface MergeOptions {
  base: string;
  head: string;
  /** What people call the two commits. */
  names?: Record<string, string>;
}

/** Merges by Git's own strategy, which follows renames. */
async function mergeTrees(
  repository: GitRepository,
  options: MergeOptions & { env?: Record<string, string> },
): Promise<MergeOutcome> {
  const { base, head, names = {}, env } = options;
  const { stdout, exitCode } = await repository.run(
    [
      'merge-tree',
      '--write-tree',
      '--messages',
      '--name-only',
      '-z',
      base,
      head,
    ],
    { exitCodes: [0, 1], env },
  );
  const words = stdout.toString('utf8').split('\0');
  const [tree] = words;
  if (exitCode === 0) {
    return { kind: 'clean', tree };
  }
  const end = words.indexOf('', 1);
  const paths = [...new Set(words.slice(1, end))];
  const messages = readMessages(words.slice(end + 1));
  const files: ConflictingFile[] = [];
  for (const path of paths) {
    files.push({
      path,
      messages: messages
        .filter(message => message.paths.includes(path))
        .map(({ text }) => nameCommits(text, names)),
      ...(files.length < MAX_SHOWN &&
        (await readConflict(repository, { tree, path, names, env }))),
    });
  }
  return { kind: 'conflict', files };
}

/** Each is a number of paths, those paths, what kind it is, and the text. */
function readMessages(words: string[]): { paths: string[]; text: string }[] {
  const messages: { paths: string[]; text: string }[] = [];
  for (let at = 0; at < words.length && words[at] !== ''; ) {
    const count = Number(words[at]);
    const paths = words.slice(at + 1, at + 1 + count);
    if (words[at + 1 + count]?.startsWith('CONFLICT')) {
      messages.push({ paths, text: words[at + 2 + count].trim() });
    }
    at += count + 3;
  }
  return messages;
}

async function readConflict(
  repository: GitRepository,
  options: {
    tree: string;
    path: string;
    names: Record<string, string>;
    env?: Record<string, string>;
  },
): Promise<Pick<ConflictingFile, 'text' | 'truncated'>> {
  const { tree, path, names, env } = options;
  const { stdout, exitCode, truncated } = await repository.run(
    ['cat-file', 'blob', `${tree}:${path}`],
    // It may be gone on the side that Git leaves in place
    { exitCodes: [0, 128], env, maxBytes: MAX_TEXT_BYTES, truncate: true },
  );
  return exitCode !== 0 || stdout.includes(0)
    ? {}
    : {
        text: stdout
          .toString('utf8')
          .replace(/^[<>]{7} .*$/gm, marker => nameCommits(marker, names)),
        truncated,
      };
}

/** Git was given commits, so that no tag is taken for a branch of the same name. */
function nameCommits(text: string, names: Record<string, string>): string {
  return Object.entries(names).reduce(
    (named, [commit, name]) => named.replaceAll(commit, name),
    text,
  );
}

/**
 * Tells whether two commits can be merged, and leaves nothing behind.
 *
 * @internal
 */
export async function tryMerge(
  repository: GitRepository,
  options: MergeOptions,
): Promise<MergeOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'forge-merge-'));
  try {
    // Whoever only looks must not make the repository grow
    return await mergeTrees(repository, {
      ...options,
      env: {
        GIT_OBJECT_DIRECTORY: scratch,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository.directory, 'objects'),
      },
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Merges a branch into another without a working copy: a merge commit, then the
 * branch moved to it if nobody has moved it in the meantime.
 *
 * @returns the id of the merge commit
 * @throws ConflictError when files conflict, or the branch was moved
 * @internal
 */
export async function mergeBranch(
  repository: GitRepository,
  options: {
    branch: string;
    /** What the branch points to now. */
    base: string;
    head: string;
    message: string;
    author: { name: string; email: string };
  },
): Promise<string> {
  const { branch, base, head, message, author } = options;
  const outcome = await mergeTrees(repository, { base, head });
  if (outcome.kind === 'conflict') {
    throw new ConflictError(
      `These files were changed on both branches: ${outcome.files
        .map(({ path }) => path)
        .join(', ')}`,
    );
  }
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  const commit = await repository.text(
    ['commit-tree', outcome.tree, '-p', base, '-p', head, '-F', '-'],
    { input: message, env },
  );
  const { exitCode } = await repository.run(
    ['update-ref', '-m', 'merge', `refs/heads/${branch}`, commit, base],
    { exitCodes: [0, 128], env },
  );
  if (exitCode !== 0) {
    throw new ConflictError(
      `The branch '${branch}' was changed while it was being merged into`,
    );
  }
  return commit;
}
