import { git as plainGit, writeTree } from '@waymark/backend-test-support';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

/** Git as a person uses it, and what it prints as one reads it. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  return (await plainGit(cwd, ...args)).trim();
}

/** A working copy with one commit on `main`. */
export async function workingCopy(
  scratch: string,
  files: Record<string, string | Buffer>,
): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'copy-'));
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await commit(folder, 'First commit', files);
  return folder;
}

/** Writes files and commits everything. */
export async function commit(
  folder: string,
  message: string,
  files: Record<string, string | Buffer>,
): Promise<string> {
  await writeTree(folder, files);
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}
