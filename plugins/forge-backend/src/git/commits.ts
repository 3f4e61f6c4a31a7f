import { NotFoundError } from '@backstage/errors';
import { GitRepository } from './GitRepository';
import { Commit } from './types';

const FIELDS = [
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
];

const FORMAT = `--format=tformat:${FIELDS.join('%x00')}`;

function parse(output: string): Commit[] {
  const values = output.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= values.length; at += FIELDS.length) {
    const [id, tree, parents, an, ae, ad, cn, ce, cd, message] = values.slice(
      at,
      at + FIELDS.length,
    );
    commits.push({
      id,
      tree,
      parents: parents ? parents.split(' ') : [],
      author: { name: an, email: ae, date: ad },
      committer: { name: cn, email: ce, date: cd },
      message: message.trimEnd(),
    });
  }
  return commits;
}

/**
 * The history of a commit, newest first, of one file or folder when a path is given.
 *
 * @internal
 */
export async function readHistory(
  repository: GitRepository,
  options: {
    /** A resolved commit id; ranges are not taken. */
    from: string;
    /** Leaves out what this commit can reach. */
    notIn?: string;
    path?: string;
    skip?: number;
    limit: number;
  },
): Promise<Commit[]> {
  const { from, notIn, path, skip = 0, limit } = options;
  const output = await repository.text([
    'log',
    '-z',
    FORMAT,
    `--skip=${skip}`,
    `--max-count=${limit}`,
    from,
    ...(notIn ? [`^${notIn}`] : []),
    '--',
    ...(path ? [path] : []),
  ]);
  return parse(output);
}

/**
 * Single commits, in any order and each once.
 *
 * @internal
 */
export async function readCommits(
  repository: GitRepository,
  ids: readonly string[],
): Promise<Commit[]> {
  if (ids.length === 0) {
    return [];
  }
  const output = await repository.text([
    'log',
    '-z',
    '--no-walk=unsorted',
    FORMAT,
    ...ids,
    '--',
  ]);
  return parse(output);
}

/** @internal */
export async function readCommit(
  repository: GitRepository,
  id: string,
): Promise<Commit> {
  const [commit] = await readHistory(repository, { from: id, limit: 1 });
  if (!commit) {
    throw new NotFoundError(`There is no commit ${id}`);
  }
  return commit;
}

/**
 * How many commits a branch has that another has not, and the reverse.
 *
 * @internal
 */
export async function countDivergence(
  repository: GitRepository,
  options: { base: string; head: string },
): Promise<{ ahead: number; behind: number }> {
  const output = await repository.text([
    'rev-list',
    '--left-right',
    '--count',
    `${options.base}...${options.head}`,
    '--',
  ]);
  const [behind, ahead] = output.split('\t').map(Number);
  return { ahead, behind };
}
