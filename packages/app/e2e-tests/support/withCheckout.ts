import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A clone of a repository on somebody's machine. */
export interface Checkout {
  readonly folder: string;
  git(...args: string[]): Promise<string>;
}

/** Clones a repository of the embedded forge, for as long as `work` takes. */
export async function withCheckout<T>(
  options: {
    portal: { url: string; forgePassword: string };
    repository: string;
    author: string;
  },
  work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
  const { portal, repository, author } = options;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-checkout-'));
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', args, {
      cwd: folder,
      env: {
        ...process.env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: 'engineer@example.com',
        GIT_COMMITTER_NAME: author,
        GIT_COMMITTER_EMAIL: 'engineer@example.com',
      },
    });
    return stdout;
  };
  const remote = new URL(`${portal.url}/api/forge/${repository}.git`);
  remote.username = 'waymark';
  remote.password = portal.forgePassword;
  try {
    await git('clone', '--quiet', remote.toString(), '.');
    return await work({ folder, git });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
