import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitCommandError } from '../git/GitCommandError';
import { GitRepository } from '../git/GitRepository';

/** Always the same, or the ids of the commits would differ from portal to portal. */
const COMMITTER = {
  GIT_COMMITTER_NAME: 'Forge',
  GIT_COMMITTER_EMAIL: 'forge@localhost',
};

/**
 * Fills an empty repository with the commits of a mailbox, as `git am` does:
 * authors and dates are those of the mails.
 *
 * @throws Error that tells which mail cannot be applied, and why
 * @internal
 */
export async function applyMailbox(
  repository: GitRepository,
  file: string,
): Promise<void> {
  const workTree = join(repository.directory, 'seed');
  await mkdir(workTree);
  try {
    await repository.run(
      [
        `--work-tree=${workTree}`,
        // Nothing may go on in the background when the repository moves to its place
        '-c',
        'gc.auto=0',
        '-c',
        'maintenance.auto=false',
        // Each object by itself takes most of the time: it is the pack that is synced
        '-c',
        'core.fsync=none',
        'am',
        '--quiet',
        '--no-gpg-sign',
        '--committer-date-is-author-date',
        // The letter that may introduce a series
        '--empty=drop',
        '--',
        file,
      ],
      { env: COMMITTER },
    );
  } catch (error) {
    throw error instanceof GitCommandError
      ? new Error(await describeFailure(repository, error))
      : error;
  }
  // Neither is part of a bare repository
  await rm(workTree, { recursive: true });
  await rm(join(repository.directory, 'index'), { force: true });
  // One file instead of one per object
  await repository.run(['repack', '-a', '-d', '-q']);
  if ((await repository.refs()) === '') {
    throw new Error('there is no commit in it');
  }
}

/** In the words of Git, without its advice on what to type next. */
async function describeFailure(
  repository: GitRepository,
  { message, stderr }: GitCommandError,
): Promise<string> {
  const reasons = stderr.split('\n').filter(line => line.startsWith('error: '));
  const next = join(repository.directory, 'rebase-apply', 'next');
  const commit = await readFile(next, 'utf8').catch(() => undefined);
  return commit && reasons.length > 0
    ? `mail ${commit.trim()} cannot be applied, ${reasons.join(', ')}`
    : message;
}
