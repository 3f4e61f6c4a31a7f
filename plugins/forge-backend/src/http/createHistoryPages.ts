import express from 'express';
import Router from 'express-promise-router';
import { ForgeServices } from '../ForgeServices';
import { readBranches } from '../git/branches';
import { countDivergence, readCommit, readHistory } from '../git/commits';
import { readDiff } from '../git/compare';
import { parseInput } from '../names/parse';
import { commitId } from '../names/schemas';
import { branchesPage, commitPage, commitsPage } from '../pages/historyPages';
import { PageContext } from '../pages/layout';
import { locate, parsePart, repositoryOf, wildcard } from './locate';
import { pageQuery } from './paging';

/**
 * Commits and branches.
 *
 * @internal
 */
export function createHistoryPages(
  services: ForgeServices,
  context: PageContext,
): express.Router {
  const { options, store } = services;
  const router = Router();

  router.get('/:org/:repo/commits/:kind(branch|commit)/*', async (req, res) => {
    const repository = repositoryOf(req);
    const { page, limit } = parseInput(pageQuery, req.query);
    const git = await store.open(repository);
    const { ref, commit, path, branches } = await locate(
      git,
      req.params.kind,
      wildcard(req),
    );
    const commits = await readHistory(git, {
      from: commit,
      path,
      skip: (page - 1) * limit,
      // One more tells whether there is another page
      limit: limit + 1,
    });
    res.send(
      commitsPage({
        context,
        repository,
        refName: ref,
        branches,
        path,
        commits: commits.slice(0, limit),
        page,
        more: commits.length > limit,
      }).toString(),
    );
  });

  router.get('/:org/:repo/commit/:commit', async (req, res) => {
    const repository = repositoryOf(req);
    const id = parsePart('commit', commitId, req.params.commit);
    const git = await store.open(repository);
    const commit = await readCommit(git, await git.resolve(id));
    const diff = await readDiff(git, {
      from: commit.parents[0],
      to: commit.id,
      maxBytes: options.limits.maxDiffBytes,
    });
    res.send(commitPage({ context, repository, commit, diff }).toString());
  });

  router.get('/:org/:repo/branches', async (req, res) => {
    const repository = await store.get(repositoryOf(req));
    const { page, limit } = parseInput(pageQuery, req.query);
    const git = await store.open(repository);
    const { defaultBranch } = repository;
    const names = (await git.branchNames()).sort(
      (a, b) => Number(b === defaultBranch) - Number(a === defaultBranch),
    );
    const base = names.includes(defaultBranch)
      ? await git.resolve(defaultBranch)
      : undefined;
    const shown = names.slice((page - 1) * limit, page * limit);
    const branches = await Promise.all(
      (
        await readBranches(git, shown)
      ).map(async branch => {
        const head = branch.commit.id;
        const divergence = await countDivergence(git, {
          base: base ?? head,
          head,
        });
        return { ...branch, ...divergence };
      }),
    );
    res.send(
      branchesPage({
        context,
        repository,
        defaultBranch,
        branches,
        page,
        more: page * limit < names.length,
      }).toString(),
    );
  });

  return router;
}
