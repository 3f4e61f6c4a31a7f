import { Comparison, MergeState } from './Comparison';
import { countDivergence, readHistory } from './commits';
import { findMergeBase, readDiff } from './compare';
import { GitRepository } from './GitRepository';
import { tryMerge } from './merge';

/** More commits than this are shown on their own page. */
const MAX_COMMITS = 50;

/**
 * All that tells whether and how a branch can be merged into another. Either
 * side may also be a tag or a commit: then there is a difference, and no merge.
 *
 * @throws NotFoundError when there is no such branch, tag or commit
 * @internal
 */
export async function compareBranches(
  repository: GitRepository,
  options: { base: string; head: string; maxDiffBytes: number },
): Promise<Comparison> {
  const { base, head, maxDiffBytes } = options;
  const branches = await repository.branchNames();
  const [baseCommit, headCommit] = await Promise.all([
    repository.resolve(base),
    repository.resolve(head),
  ]);
  const ids = { base: baseCommit, head: headCommit };
  const mergeBase = await findMergeBase(repository, ids);
  const [{ ahead, behind }, commits, diff] = await Promise.all([
    countDivergence(repository, ids),
    readHistory(repository, {
      from: headCommit,
      notIn: baseCommit,
      limit: MAX_COMMITS,
    }),
    readDiff(repository, {
      from: mergeBase ?? baseCommit,
      to: headCommit,
      maxBytes: maxDiffBytes,
    }),
  ]);
  const merge = async (): Promise<MergeState> => {
    if (ahead === 0) {
      return { kind: 'merged' };
    }
    if (!branches.includes(base) || !branches.includes(head)) {
      return { kind: 'fixed' };
    }
    if (!mergeBase) {
      return { kind: 'unrelated' };
    }
    const outcome = await tryMerge(repository, {
      ...ids,
      names: { [baseCommit]: base, [headCommit]: head },
    });
    return outcome.kind === 'conflict'
      ? outcome
      : { kind: 'mergeable', baseCommit, headCommit };
  };
  return { base, head, ahead, behind, commits, diff, merge: await merge() };
}
