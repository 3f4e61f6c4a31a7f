import { NotFoundError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Git, GitResult, GitRunOptions, GitStreamOptions } from './Git';

/**
 * One bare repository: its refs, and the door through which Git works on it.
 *
 * @internal
 */
export class GitRepository {
  readonly #git: Git;
  readonly directory: string;

  constructor(options: { git: Git; directory: string }) {
    this.#git = options.git;
    this.directory = options.directory;
  }

  async stream(
    options: Omit<GitStreamOptions, 'directory'>,
    use: Parameters<Git['stream']>[1],
  ): Promise<void> {
    await this.#git.stream({ directory: this.directory, ...options }, use);
  }

  async run(
    args: readonly string[],
    options: Partial<Omit<GitRunOptions, 'args' | 'directory'>> = {},
  ): Promise<GitResult> {
    return this.#git.run({ directory: this.directory, args, ...options });
  }

  async text(
    args: readonly string[],
    options: Partial<Omit<GitRunOptions, 'args' | 'directory'>> = {},
  ): Promise<string> {
    return this.#git.text({ directory: this.directory, args, ...options });
  }

  /**
   * Name of the branch that `HEAD` names, which need not exist yet. A folder
   * without that file is a broken repository, of which a list must not break.
   */
  async defaultBranch(): Promise<string> {
    const file = join(this.directory, 'HEAD');
    const head = await readFile(file, 'utf8').catch(error => {
      if (error.code === 'ENOENT') {
        return '';
      }
      throw error;
    });
    return head.match(/^ref: refs\/heads\/(.+)\n?$/)?.[1] ?? 'main';
  }

  async setDefaultBranch(name: string): Promise<void> {
    await this.run(['symbolic-ref', 'HEAD', `refs/heads/${name}`]);
  }

  /** Every ref and what it points to, in a form that can be compared. */
  async refs(): Promise<string> {
    return this.text(['for-each-ref', '--format=%(objectname) %(refname)']);
  }

  async branchNames(): Promise<string[]> {
    const output = await this.text([
      'for-each-ref',
      '--format=%(refname:lstrip=2)',
      'refs/heads/',
    ]);
    return output === '' ? [] : output.split('\n');
  }

  /**
   * The commit that a full id, a branch, a tag or a shortened id means, in this
   * order: no branch can pass itself off as the commit that it is named after.
   *
   * @throws NotFoundError when it means nothing here
   */
  async resolve(ref: string): Promise<string> {
    const isFullId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);
    const id =
      (isFullId ? await this.peel(ref) : undefined) ??
      (await this.branchTip(ref)) ??
      (await this.peel(`refs/tags/${ref}`)) ??
      (/^[0-9a-f]{7,64}$/.test(ref) && !isFullId
        ? await this.peel(ref)
        : undefined);
    if (!id) {
      throw new NotFoundError(`There is no branch, tag or commit '${ref}'`);
    }
    return id;
  }

  /**
   * The newest commit of a branch. Git keeps it in a file of its own, until it packs
   * many of them together: most often no process has to be started to know it.
   */
  async branchTip(name: string): Promise<string | undefined> {
    const file = join(this.directory, 'refs', 'heads', name);
    const content = await readFile(file, 'latin1').catch(() => '');
    return (
      content.match(/^([0-9a-f]{40}|[0-9a-f]{64})\n?$/)?.[1] ??
      this.peel(`refs/heads/${name}`)
    );
  }

  /** The commit that a revision in Git's own words leads to, if it is one. */
  async peel(revision: string): Promise<string | undefined> {
    const { stdout, exitCode } = await this.run(
      ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`],
      { exitCodes: [0, 1, 128] },
    );
    return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
  }
}
