import { NotFoundError } from '@backstage/errors';
import { readCommits, readHistory } from './commits';
import { GitRepository } from './GitRepository';
import { Branch } from './types';

/**
 * Those of the branches that exist, in the given order.
 *
 * @internal
 */
export async function readBranches(
  repository: GitRepository,
  names: readonly string[],
): Promise<Branch[]> {
  if (names.length === 0) {
    return [];
  }
  const output = await repository.text([
    'for-each-ref',
    '--format=%(objectname) %(refname:lstrip=2)',
    ...names.map(name => `refs/heads/${name}`),
  ]);
  const ids = new Map<string, string>();
  for (const line of output.split('\n').filter(Boolean)) {
    const space = line.indexOf(' ');
    ids.set(line.slice(space + 1), line.slice(0, space));
  }
  const commits = await readCommits(repository, [...new Set(ids.values())]);
  return names.flatMap(name => {
    const commit = commits.find(({ id }) => id === ids.get(name));
    return commit ? [{ name, commit }] : [];
  });
}

/**
 * @throws NotFoundError when there is no such branch
 * @internal
 */
export async function readBranch(
  repository: GitRepository,
  name: string,
): Promise<Branch> {
  const id = await repository.branchTip(name);
  if (!id) {
    throw new NotFoundError(`There is no branch '${name}'`);
  }
  const [commit] = await readHistory(repository, { from: id, limit: 1 });
  return { name, commit };
}
