import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { owner, tokenOf } from './github';
import { loadGit } from './scripts';
import { situation } from './situation';

/** A clone of a repository on somebody's machine. */
export interface Checkout {
  readonly folder: string;
  git(...args: string[]): Promise<string>;
}

/** Clones a repository as somebody, for as long as `work` takes. */
export async function withCheckout<T>(
  options: { repository: string; as: string },
  work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
  const { repository, as } = options;
  const { git } = await loadGit();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-checkout-'));
  const credentials = { username: as, password: tokenOf(as) };
  const run = (...args: string[]): Promise<string> =>
    git(args, { cwd: folder, credentials });
  try {
    await run(
      'clone',
      '--quiet',
      `${situation().github.url}/${owner()}/${repository}.git`,
      '.',
    );
    return await work({ folder, git: run });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
