import { mkdir } from 'node:fs/promises';
import { GitRemote } from '../hosts/RepositoryHost';
import { CommitRequest, fastImport } from './fastImport';
import { GitError, runGit } from './runGit';

/** How Git ends when it is asked for an object that it does not have. */
const NOT_THERE = 128;

/** As much as a template may hold. */
const MAX_CONTENT_BYTES = 64 * 1024 * 1024;

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

  /** Commits a folder that is here already, such as the result of a merge. */
  async commitTree(
    commit: Pick<CommitRequest, 'branch' | 'message' | 'author' | 'date'> & {
      tree: string;
      parents: string[];
    },
  ): Promise<string> {
    const { branch, tree, parents } = commit;
    const [parent, ...merged] = parents;
    return this.commit({
      author: commit.author,
      date: commit.date,
      message: commit.message,
      branch,
      parent,
      merged,
      // The folder as it is: names need not be text
      files: [
        {
          path: '',
          executable: false,
          mode: '040000',
          size: 0,
          content: { blob: tree },
        },
      ],
    });
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
    /** How many commits back; all of them without it. */
    depth?: number;
  }): Promise<string> {
    const { remote, branch, depth } = options;
    const ref = `refs/fetched/${branch}`;
    await this.run(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        ...(depth === undefined ? [] : [`--depth=${depth}`]),
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
      const [meta, path] = splitEntry(entry);
      files.set(path, meta);
    }
    return files;
  }

  /** The content of a file of a commit. */
  async read(commit: string, path: string): Promise<string> {
    return this.run(['cat-file', 'blob', `${commit}:${path}`]);
  }

  /** Who made a commit, by their email address, and its message. */
  async describe(
    commit: string,
  ): Promise<{ committer: string; message: string }> {
    const output = await this.run([
      'log',
      '-1',
      '--no-show-signature',
      '--format=%ce%n%B',
      commit,
    ]);
    const end = output.indexOf('\n');
    return { committer: output.slice(0, end), message: output.slice(end + 1) };
  }

  /**
   * The commits up to a head that changed something at a path, the latest first.
   * All of them have to be here.
   */
  async commitsTouching(head: string, path: string): Promise<string[]> {
    const output = await this.run([
      '--literal-pathspecs',
      'rev-list',
      head,
      '--',
      path,
    ]);
    return output.split('\n').filter(Boolean);
  }

  /**
   * Moves a branch of a remote from one commit to another, only if it still is
   * where it is said to be. Without a commit to come from it must not be there;
   * without one to go to it is deleted.
   *
   * @throws GitError also when somebody else has moved it
   */
  async moveBranch(options: {
    remote: GitRemote;
    branch: string;
    from: string | undefined;
    to: string | undefined;
  }): Promise<void> {
    const { remote, ...move } = options;
    await this.move({ remote, moves: [move] });
  }

  /** All files of a commit by their path. */
  async tree(
    commit: string,
  ): Promise<Map<string, { mode: string; blob: string }>> {
    const output = await this.run(['ls-tree', '-r', '-z', commit]);
    return new Map(
      output
        .split('\0')
        .filter(Boolean)
        .map(entry => {
          const [meta, path] = splitEntry(entry);
          const [mode, , blob] = meta.split(' ');
          return [path, { mode, blob }];
        }),
    );
  }

  /** Id of the folder of all files of a commit: equal for equal files. */
  async treeId(commit: string): Promise<string> {
    return (await this.run(['rev-parse', `${commit}^{tree}`])).trim();
  }

  async isAncestor(ancestor: string, commit: string): Promise<boolean> {
    const output = await this.run([
      'rev-list',
      '--max-count=1',
      ancestor,
      `^${commit}`,
    ]).catch(error => {
      // A commit that is not here at all
      if (error instanceof GitError) {
        return 'unknown';
      }
      throw error;
    });
    return output.trim() === '';
  }

  /**
   * The commits up to another one that changed a file, the latest first, each with
   * its parents.
   */
  async history(
    commit: string,
    path: string,
  ): Promise<{ id: string; parents: string[] }[]> {
    const output = await this.run([
      'log',
      '--full-history',
      '--format=%H %P',
      commit,
      '--',
      path,
    ]);
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [id, ...parents] = line.split(' ');
        return { id, parents };
      });
  }

  /**
   * The content of a file of a commit or a folder.
   *
   * @returns undefined without such a file
   */
  async content(commit: string, path: string): Promise<string | undefined> {
    try {
      return await this.run(['cat-file', 'blob', `${commit}:${path}`]);
    } catch (error) {
      // What is too large to be read, or was interrupted, is there nevertheless
      if (error instanceof GitError && error.exitCode === NOT_THERE) {
        return undefined;
      }
      throw error;
    }
  }

  /** The contents of blobs by their id. */
  async blobs(ids: string[]): Promise<Map<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    if (ids.length === 0) {
      return contents;
    }
    const output = Buffer.from(
      await runGit({
        gitDir: this.directory,
        args: ['cat-file', '--batch'],
        input: [Buffer.from(`${ids.join('\n')}\n`)],
        encoding: 'latin1',
        maxOutputBytes: MAX_CONTENT_BYTES,
        signal: this.signal,
      }),
      'latin1',
    );
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf('\n', at);
      const [id, type, size] = output.toString('latin1', at, end).split(' ');
      if (type !== 'blob') {
        throw new GitError('cat-file', '', `${id} is no file`);
      }
      const from = end + 1;
      contents.set(id, output.subarray(from, from + Number(size)));
      at = from + Number(size) + 1;
    }
    return contents;
  }

  /** Makes a local branch of a commit, for Git to call it by its name. */
  async name(branch: string, commit: string): Promise<void> {
    await this.run(['update-ref', `refs/heads/${branch}`, commit]);
  }

  /** Runs a command that reads only. */
  query(args: string[]): Promise<string> {
    return this.run(args);
  }

  /** The same, of a command that says something by how it ends. */
  async queryOutcome(
    args: string[],
  ): Promise<{ output: string; isSuccess: boolean }> {
    try {
      return { output: await this.run(args), isSuccess: true };
    } catch (error) {
      if (error instanceof GitError && error.exitCode === 1) {
        return { output: error.stdout, isSuccess: false };
      }
      throw error;
    }
  }

  /**
   * Moves branches of a remote, all of them or none, if nobody has moved them
   * meanwhile.
   *
   * @throws GitError
   */
  async move(options: {
    remote: GitRemote;
    moves: {
      branch: string;
      /** What it stands at; undefined: it is not there. */
      from: string | undefined;
      /** Undefined: it is deleted. */
      to: string | undefined;
    }[];
  }): Promise<void> {
    const { remote, moves } = options;
    await this.run(
      [
        'push',
        '--quiet',
        '--atomic',
        ...moves.map(
          ({ branch, from }) =>
            `--force-with-lease=refs/heads/${branch}:${from ?? ''}`,
        ),
        remote.url,
        ...moves.map(({ branch, to }) => `${to ?? ''}:refs/heads/${branch}`),
      ],
      remote.authorization,
    );
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

/** What is said of a file, and its path, which may have tabs, too. */
function splitEntry(entry: string): [meta: string, path: string] {
  const at = entry.indexOf('\t');
  return [entry.slice(0, at), entry.slice(at + 1)];
}
