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

  /**
   * Fetches a branch of a remote with its latest commits.
   *
   * @returns the id of its head
   * @throws GitError
   */
  async fetch(options: {
    remote: GitRemote;
    branch: string;
    /** How many commits back. */
    depth: number;
  }): Promise<string> {
    const { remote, branch, depth } = options;
    const ref = `refs/fetched/${branch}`;
    await this.run(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        `--depth=${depth}`,
        remote.url,
        `+refs/heads/${branch}:${ref}`,
      ],
      remote.authorization,
    );
    return (await this.run(['rev-parse', '--verify', ref])).trim();
  }

  /** The parents of a commit, as far as they were fetched or made here. */
  async parents(commit: string): Promise<string[]> {
    const output = await this.run(['rev-list', '--parents', '-n', '1', commit]);
    return output.trim().split(' ').slice(1);
  }

  /**
   * What is different between two commits: by path, the letter of Git for what
   * happened to it.
   */
  async changes(from: string, to: string): Promise<Map<string, string>> {
    const output = await this.run([
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      '--name-status',
      from,
      to,
    ]);
    const words = output.split('\0').filter(Boolean);
    const changes = new Map<string, string>();
    for (let index = 0; index + 1 < words.length; index += 2) {
      changes.set(words[index + 1], words[index]);
    }
    return changes;
  }

  /** The files of a commit at some paths, by their path: mode and content id. */
  async files(commit: string, paths: string[]): Promise<Map<string, string>> {
    const output = await this.run([
      '--literal-pathspecs',
      'ls-tree',
      '-r',
      '-z',
      commit,
      '--',
      ...paths,
    ]);
    const files = new Map<string, string>();
    for (const entry of output.split('\0').filter(Boolean)) {
      const [meta, path] = entry.split('\t');
      files.set(path, meta);
    }
    return files;
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

  private run(args: string[], authorization?: string): Promise<string> {
    return runGit({
      gitDir: this.directory,
      args,
      authorization,
      signal: this.signal,
    });
  }
}
