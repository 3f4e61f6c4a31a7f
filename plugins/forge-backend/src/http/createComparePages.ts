import { ConflictError, InputError } from '@backstage/errors';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ForgeServices } from '../ForgeServices';
import { readBranch } from '../git/branches';
import { compareBranches } from '../git/compareBranches';
import { GitRepository } from '../git/GitRepository';
import { mergeBranch } from '../git/merge';
import { parseInput } from '../names/parse';
import { commitId, refName } from '../names/schemas';
import { comparePage } from '../pages/comparePage';
import { PageContext } from '../pages/layout';
import { repositoryOf, wildcard } from './locate';
import { requireSameOrigin } from './requireSameOrigin';

const sides = z.object({ base: refName, head: refName });
const mergedQuery = z.object({ merged: commitId.optional() });
const mergeForm = z.object({ base_commit: commitId, head_commit: commitId });

function sidesOf(req: Request) {
  const [base, head, ...rest] = wildcard(req).split('...');
  if (head === undefined || rest.length > 0) {
    throw new InputError(
      'compare: the address must end with two branches, as in main...feature',
    );
  }
  return parseInput(sides, { base, head });
}

/** Says so when the reader has looked at other commits than would be merged. */
async function requireUnchanged(
  git: GitRepository,
  branch: string,
  seen: string,
): Promise<void> {
  const { commit } = await readBranch(git, branch);
  if (commit.id !== seen) {
    throw new ConflictError(
      `The branch '${branch}' has changed since the page was loaded. Go back, load it again and look at what is new.`,
    );
  }
}

/**
 * The difference between two branches, and merging one into the other.
 *
 * @internal
 */
export function createComparePages(
  services: ForgeServices,
  context: PageContext,
): express.Router {
  const { auth, events, options, store, urls } = services;
  const router = Router();
  const path = '/:org/:repo/compare/*';

  router.get(path, async (req, res) => {
    const repository = repositoryOf(req);
    const { base, head } = sidesOf(req);
    const { merged } = parseInput(mergedQuery, req.query);
    const git = await store.open(repository);
    const comparison = await compareBranches(git, {
      base,
      head,
      maxDiffBytes: options.limits.maxDiffBytes,
    });
    const page = comparePage({
      context,
      repository,
      comparison,
      merged: comparison.merge.kind === 'merged' ? merged : undefined,
    });
    res.send(page.toString());
  });

  router.post(
    path,
    (req: Request, res: Response, next: () => void) => {
      requireSameOrigin(req, urls.root);
      auth.require(req, res);
      next();
    },
    express.urlencoded({ extended: false, limit: '8kb' }),
    async (req, res) => {
      const repository = repositoryOf(req);
      const { base, head } = sidesOf(req);
      const form = parseInput(mergeForm, req.body);
      const git = await store.open(repository);
      await requireUnchanged(git, base, form.base_commit);
      await requireUnchanged(git, head, form.head_commit);
      const commit = await mergeBranch(git, {
        branch: base,
        base: form.base_commit,
        head: form.head_commit,
        message: `Merge branch '${head}' into ${base}\n`,
        author: {
          name: auth.username,
          email: `${auth.username}@${new URL(urls.root).hostname}`,
        },
      });
      events.publish('updated', repository);
      res.redirect(
        303,
        `${context.links.compare(repository, base, head)}?merged=${commit}`,
      );
    },
  );

  return router;
}
