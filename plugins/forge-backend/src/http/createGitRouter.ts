import { NotFoundError } from '@backstage/errors';
import express, { ErrorRequestHandler, Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ForgeServices } from '../ForgeServices';
import { GitRepository } from '../git/GitRepository';
import { parseInput } from '../names/parse';
import { repositoryParams } from '../names/schemas';
import { tooLarge } from './ByteLimit';
import { runHttpBackend } from './runHttpBackend';
import { statusOf } from './statusOf';

/**
 * What a clone asks for is a list of commits that Git reads into memory, for
 * anybody: some hundred thousand of them.
 */
const MAX_FETCH_BYTES = 8 * 1024 * 1024;

const advertisement = z.object({
  service: z.enum(
    ['git-upload-pack', 'git-receive-pack'],
    'must be git-upload-pack or git-receive-pack',
  ),
});

/** The name a clone address ends with is optional, as it is on other hosts. */
function nameOf(req: Request) {
  const { org, repo } = parseInput(repositoryParams, {
    org: req.params.org,
    repo: req.params.repo.replace(/\.git$/, ''),
  });
  return { organization: org, name: repo };
}

/**
 * A repository whose first push brought other branches than the one it was
 * created with shows one of those, instead of nothing.
 */
async function adoptDefaultBranch(git: GitRepository): Promise<void> {
  const names = await git.branchNames();
  if (names.length === 0 || names.includes(await git.defaultBranch())) {
    return;
  }
  const usual = ['main', 'master', 'trunk'].find(name => names.includes(name));
  await git.setDefaultBranch(usual ?? names[0]);
}

/**
 * Git's smart HTTP protocol, by Git's own `git http-backend`.
 *
 * @internal
 */
export function createGitRouter(services: ForgeServices): express.Router {
  const { auth, events, options, store } = services;
  const maxBytes = options.limits.maxPushBytes;
  const router = Router();

  router.get('/:org/:repo/info/refs', async (req, res) => {
    const name = nameOf(req);
    const { service } = parseInput(advertisement, req.query);
    const user =
      service === 'git-receive-pack'
        ? auth.require(req, res)
        : auth.identify(req);
    const repository = await store.open(name);
    await runHttpBackend({
      req,
      res,
      repository,
      service: 'info/refs',
      user,
      maxBytes: MAX_FETCH_BYTES,
    });
  });

  router.post('/:org/:repo/git-upload-pack', async (req, res) => {
    const name = nameOf(req);
    const user = auth.identify(req);
    const repository = await store.open(name);
    await runHttpBackend({
      req,
      res,
      repository,
      service: 'git-upload-pack',
      user,
      maxBytes: MAX_FETCH_BYTES,
    });
  });

  router.post('/:org/:repo/git-receive-pack', async (req, res) => {
    const user = auth.require(req, res);
    const name = nameOf(req);
    if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
      throw tooLarge(maxBytes);
    }
    const repository = await store.open(name);
    const before = await repository.refs();
    await runHttpBackend({
      req,
      res,
      repository,
      service: 'git-receive-pack',
      user,
      maxBytes,
      // Also when the client is gone: what it pushed may have arrived
      async onExit() {
        await store.requireIntact(name);
        if ((await repository.refs()) === before) {
          return;
        }
        if (before === '') {
          await adoptDefaultBranch(repository);
        }
        events.publish('updated', name);
      },
    });
  });

  router.use('/:org/:repo.git/*', () => {
    throw new NotFoundError('There is no such address for Git');
  });
  router.use(gitErrors());
  return router;
}

/** Git clients show plain text to their user, and nothing else. */
function gitErrors(): ErrorRequestHandler {
  return (error, req, res, next) => {
    const statusCode = statusOf(error);
    if (res.headersSent || statusCode >= 500) {
      next(error);
      return;
    }
    if (!req.complete) {
      res.setHeader('Connection', 'close');
    }
    res.status(statusCode).type('text/plain').send(`${error.message}\n`);
  };
}
