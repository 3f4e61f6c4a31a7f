import { NotFoundError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHistory } from './commits';
import { Git, GitResult, GitRunOptions } from './Git';
import { Branch } from './types';

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

  spawn(args: readonly string[], env?: Record<string, string>) {
    return this.#git.spawn({ directory: this.directory, args, env });
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

  /** Name of the branch that `HEAD` names, which need not exist yet. */
  async defaultBranch(): Promise<string> {
    const head = await readFile(join(this.directory, 'HEAD'), 'utf8');
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
   * @throws NotFoundError when there is no such branch
   */
  async branch(name: string): Promise<Branch> {
    const id = await this.#peel(`refs/heads/${name}`);
    if (!id) {
      throw new NotFoundError(`There is no branch '${name}'`);
    }
    const [commit] = await readHistory(this, { from: id, limit: 1 });
    return { name, commit };
  }

  /**
   * The commit that a branch, a tag or a (shortened) commit id means, in this order.
   *
   * @throws NotFoundError when it means nothing here
   */
  async resolve(ref: string): Promise<string> {
    const id =
      (await this.#peel(`refs/heads/${ref}`)) ??
      (await this.#peel(`refs/tags/${ref}`)) ??
      (/^[0-9a-f]{7,64}$/.test(ref) ? await this.#peel(ref) : undefined);
    if (!id) {
      throw new NotFoundError(`There is no branch, tag or commit '${ref}'`);
    }
    return id;
  }

  async #peel(revision: string): Promise<string | undefined> {
    const { stdout, exitCode } = await this.run(
      ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`],
      { exitCodes: [0, 1, 128] },
    );
    return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
  }
}
