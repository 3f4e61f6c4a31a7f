import { rm } from 'node:fs/promises';
import { gitText, gitTry, runGit } from './git.mjs';
import { installHooks } from './receiveHook.mjs';

export const NO_COMMIT = '0'.repeat(40);

/** Fields of a commit as `git log` prints them, with NUL between. */
const FORMAT = [
  '%H',
  '%T',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
].join('%x00');

function parseCommit(text) {
  const [sha, tree, parents, an, ae, ad, cn, ce, cd, message] =
    text.split('\0');
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: isoDate(ad) },
    committer: { name: cn, email: ce, date: isoDate(cd) },
    message: message.trimEnd(),
  };
}

const isoDate = text => new Date(text).toISOString().replace('.000Z', 'Z');

function person(prefix, who) {
  if (!who) {
    return {};
  }
  return {
    ...(who.name && { [`GIT_${prefix}_NAME`]: who.name }),
    ...(who.email && { [`GIT_${prefix}_EMAIL`]: who.email }),
    ...(who.date && { [`GIT_${prefix}_DATE`]: who.date }),
  };
}

/** A bare repository, read and written by Git itself. */
export class GitRepository {
  constructor(directory) {
    this.directory = directory;
  }

  static async create(directory, defaultBranch) {
    const repository = new GitRepository(directory);
    await runGit(directory, [
      'init',
      '--quiet',
      '--bare',
      `--initial-branch=${defaultBranch}`,
      directory,
    ]);
    await installHooks(directory);
    return repository;
  }

  text(args, options) {
    return gitText(this.directory, args, options);
  }

  bytes(args, options) {
    return runGit(this.directory, args, options);
  }

  attempt(args, options) {
    return gitTry(this.directory, args, options);
  }

  async remove() {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Names of refs with what they point to. */
  async refs(prefix = 'refs/') {
    const text = await this.text([
      'for-each-ref',
      '--format=%(refname) %(objectname)',
      prefix,
    ]);
    const lines = text === '' ? [] : text.split('\n');
    return new Map(lines.map(line => line.split(' ')));
  }

  /** Names of branches with their newest commit. */
  async branches() {
    const refs = await this.refs('refs/heads/');
    return new Map(
      [...refs].map(([name, sha]) => [name.slice('refs/heads/'.length), sha]),
    );
  }

  /** The commit a branch, tag or (short) id stands for; else undefined. */
  async resolve(name) {
    for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, name]) {
      const sha = await this.attempt([
        'rev-parse',
        '--verify',
        '--quiet',
        '--end-of-options',
        `${candidate}^{commit}`,
      ]);
      if (sha) {
        return sha;
      }
    }
    return undefined;
  }

  async commit(sha) {
    return parseCommit(
      await this.text(['show', '-s', `--format=${FORMAT}`, sha, '--']),
    );
  }

  /** Newest first. */
  async log(sha, { path, max = 250, not = [] } = {}) {
    const text = await this.text([
      'log',
      '-z',
      `--max-count=${max}`,
      `--format=${FORMAT}%x01`,
      sha,
      ...not.map(other => `^${other}`),
      '--',
      ...(path ? [path] : []),
    ]);
    return text
      .split('\x01')
      .map(entry => entry.replace(/^\0/, ''))
      .filter(entry => entry.trim() !== '')
      .map(parseCommit);
  }

  /** What sits at a path of a commit: `{ mode, type, sha }`, or undefined. */
  async entry(commit, path) {
    if (path === '') {
      const sha = await this.text(['rev-parse', `${commit}^{tree}`]);
      return { mode: '040000', type: 'tree', sha };
    }
    const [entry] = await this.tree(commit, { path });
    return entry;
  }

  /** Entries of a tree: `{ mode, type, sha, size, path }`. */
  async tree(treeish, { path, recursive = false } = {}) {
    const text = await this.text([
      'ls-tree',
      '-z',
      '--long',
      '--full-tree',
      ...(recursive ? ['-r', '-t'] : []),
      treeish,
      ...(path === undefined ? [] : ['--', path]),
    ]);
    return text
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
        return {
          mode,
          type,
          sha,
          size: size === '-' ? undefined : Number(size),
          path: line.slice(tab + 1),
        };
      });
  }

  async type(sha) {
    return this.attempt(['cat-file', '-t', sha]);
  }

  blob(sha) {
    return this.bytes(['cat-file', 'blob', sha]);
  }

  writeBlob(content) {
    return this.text(['hash-object', '-w', '--stdin'], { input: content });
  }

  /**
   * Changes files of a tree; `sha: null` removes one.
   *
   * @param {string | undefined} base tree
   * @param {{ path: string, mode?: string, sha: string | null }[]} changes
   */
  async writeTree(base, changes) {
    const env = { GIT_INDEX_FILE: `${this.directory}/index.${nextIndex()}` };
    try {
      if (base) {
        await this.text(['read-tree', base], { env });
      }
      const lines = changes.map(({ path, mode = '100644', sha }) =>
        sha === null
          ? `0 ${NO_COMMIT}\t${path}\0`
          : `${mode} ${sha}\t${path}\0`,
      );
      const args = ['update-index', '-z', '--index-info'];
      await this.text(args, { env, input: lines.join('') });
      return await this.text(['write-tree'], { env });
    } finally {
      await rm(env.GIT_INDEX_FILE, { force: true });
    }
  }

  /** @returns {Promise<string>} the id of the commit, which no ref holds yet */
  writeCommit({ tree, parents = [], message, author, committer }) {
    return this.text(
      ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
      {
        input: message,
        env: {
          ...person('AUTHOR', author),
          ...person('COMMITTER', committer ?? author),
        },
      },
    );
  }

  updateRef(name, sha, before) {
    return this.text([
      'update-ref',
      name,
      sha,
      ...(before === undefined ? [] : [before]),
    ]);
  }

  deleteRef(name) {
    return this.text(['update-ref', '-d', name]);
  }

  setDefaultBranch(branch) {
    return this.text(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  async isAncestor(older, newer) {
    const args = ['merge-base', '--is-ancestor', older, newer];
    return (await this.attempt(args)) !== undefined;
  }

  mergeBase(one, other) {
    return this.attempt(['merge-base', one, other]);
  }
}

let index = 0;
function nextIndex() {
  index += 1;
  return `${process.pid}.${index}`;
}
