import { mkdir } from 'node:fs/promises';
import { GitRemote } from '../hosts/RepositoryHost';
import { CommitRequest, fastImport } from './fastImport';
import { GitError, runGit } from './runGit';

/**
 * A bare repository on this machine's disk in which commits are made before
 * they are pushed.
 *
 * @internal
 */
export class GitRepository {
  static async create(options: {
    directory: string;
    signal?: AbortSignal;
  }): Promise<GitRepository> {
    const { directory, signal } = options;
    await mkdir(directory, { recursive: true });
    await runGit({
      gitDir: directory,
      args: ['init', '--quiet', '--bare', '--template=', directory],
      signal,
    });
    return new GitRepository(directory, signal);
  }

  private constructor(
    private readonly directory: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @returns the id of the commit */
  async commit(commit: CommitRequest): Promise<string> {
    const id = await runGit({
      gitDir: this.directory,
      args: ['fast-import', '--quiet', '--force'],
      input: fastImport(commit),
      signal: this.signal,
    });
    return id.trim();
  }

  /**
   * All refs of a remote by their full name.
   *
   * @throws GitError
   */
  async listRemoteRefs(remote: GitRemote): Promise<Map<string, string>> {
    const output = await runGit({
      gitDir: this.directory,
      args: ['ls-remote', '--refs', '--quiet', remote.url],
      authorization: remote.authorization,
      signal: this.signal,
    });
    const refs = new Map<string, string>();
    for (const line of output.split('\n').filter(Boolean)) {
      const match = /^([0-9a-f]{40,64})\t(refs\/.+)$/.exec(line);
      if (!match) {
        throw new GitError('ls-remote', '', `unexpected answer`);
      }
      refs.set(match[2], match[1]);
    }
    return refs;
  }

  /** Pushes branches, all of them or none. */
  async push(options: {
    remote: GitRemote;
    branches: string[];
  }): Promise<void> {
    await runGit({
      gitDir: this.directory,
      args: [
        'push',
        '--quiet',
        '--atomic',
        options.remote.url,
        ...options.branches.map(
          branch => `refs/heads/${branch}:refs/heads/${branch}`,
        ),
      ],
      authorization: options.remote.authorization,
      signal: this.signal,
    });
  }
}
