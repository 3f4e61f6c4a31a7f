import { ConflictError } from '@backstage/errors';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepository } from './GitRepository';

/** @internal */
export type MergeOutcome =
  | { kind: 'clean'; tree: string }
  | { kind: 'conflict'; files: string[] };

async function mergeTrees(
  repository: GitRepository,
  options: { base: string; head: string; env?: Record<string, string> },
): Promise<MergeOutcome> {
  const { stdout, exitCode } = await repository.run(
    [
      'merge-tree',
      '--write-tree',
      '--no-messages',
      '--name-only',
      '-z',
      options.base,
      options.head,
    ],
    { exitCodes: [0, 1], env: options.env },
  );
  const [tree, ...files] = stdout.toString('utf8').split('\0').filter(Boolean);
  return exitCode === 0
    ? { kind: 'clean', tree }
    : { kind: 'conflict', files: [...new Set(files)] };
}

/**
 * Tells whether two commits can be merged, and leaves nothing behind.
 *
 * @internal
 */
export async function tryMerge(
  repository: GitRepository,
  options: { base: string; head: string },
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
      `These files were changed on both branches: ${outcome.files.join(', ')}`,
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
