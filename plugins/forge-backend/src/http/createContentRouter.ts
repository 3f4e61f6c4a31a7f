import { NotFoundError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { ForgeServices } from '../ForgeServices';
import { readBranch, readBranches } from '../git/branches';
import { readCommit, readHistory } from '../git/commits';
import { exitOf } from '../git/Git';
import { listTree, readBlob, readTreeEntry } from '../git/tree';
import { parseInput } from '../names/parse';
import { refName, treePath } from '../names/schemas';
import { createSecretsRouter } from './createSecretsRouter';
import {
  giteaBranch,
  giteaCommit,
  giteaContents,
  giteaRepository,
} from './giteaShapes';
import { parsePart, repositoryOf, wildcard } from './locate';
import { pageQuery, sendPageHeaders } from './paging';

const refQuery = z.object({ ref: refName.optional() });

/**
 * What Gitea's REST API gives of one repository, below `/repos/:org/:repo`.
 *
 * @internal
 */
export function createContentRouter(services: ForgeServices): express.Router {
  const { auth, events, options, secrets, store, urls } = services;
  const router = Router({ mergeParams: true });

  router.get('/', async (req, res) => {
    const repository = await store.get(repositoryOf(req));
    const mayWrite = auth.identify(req) !== undefined;
    res.json(giteaRepository(repository, { urls, mayWrite }));
  });

  router.delete('/', async (req, res) => {
    auth.require(req, res);
    const repository = repositoryOf(req);
    // First, so that a crash in between leaves a repository without secrets and
    // not secrets without a repository
    await secrets.clear(repository);
    await store.delete(repository);
    events.publish('deleted', repository);
    res.status(204).end();
  });

  router.use('/actions/secrets', createSecretsRouter(services));

  router.get('/branches', async (req, res) => {
    const repository = repositoryOf(req);
    const { page, limit } = parseInput(pageQuery, req.query);
    const git = await store.open(repository);
    const names = await git.branchNames();
    const shown = names.slice((page - 1) * limit, page * limit);
    const branches = await readBranches(git, shown);
    sendPageHeaders({ req, res, page, limit, total: names.length });
    res.json(
      branches.map(branch => giteaBranch({ ...branch, urls, repository })),
    );
  });

  router.get('/branches/*', async (req, res) => {
    const repository = repositoryOf(req);
    const name = parsePart('branch', refName, wildcard(req));
    const git = await store.open(repository);
    const branch = await readBranch(git, name);
    res.json(giteaBranch({ ...branch, urls, repository }));
  });

  router.get('/git/commits/*', async (req, res) => {
    const repository = repositoryOf(req);
    const ref = parsePart('ref', refName, wildcard(req));
    const git = await store.open(repository);
    const commit = await readCommit(git, await git.resolve(ref));
    res.json(giteaCommit({ commit, urls, repository }));
  });

  router.get(['/contents', '/contents/*'], async (req, res) => {
    const repository = repositoryOf(req);
    const path = parsePart('path', treePath, wildcard(req));
    const query = parseInput(refQuery, req.query);
    const git = await store.open(repository);
    const ref = query.ref ?? (await git.defaultBranch());
    const commit = await git.resolve(ref);
    const entry = await readTreeEntry(git, { commit, path });
    if (entry.type === 'dir') {
      const entries = await listTree(git, { commit, path });
      res.json(
        entries.map(item =>
          giteaContents({ entry: item, ref, urls, repository }),
        ),
      );
      return;
    }
    const [[lastCommit], content] = await Promise.all([
      readHistory(git, { from: commit, path, limit: 1 }),
      entry.type === 'submodule'
        ? undefined
        : readBlob(git, { entry, maxBytes: options.limits.maxFileBytes }),
    ]);
    res.setHeader('ETag', `W/"${entry.id}-${lastCommit.id}"`);
    res.setHeader(
      'Last-Modified',
      new Date(lastCommit.committer.date).toUTCString(),
    );
    res.json(
      giteaContents({ entry, ref, content, lastCommit, urls, repository }),
    );
  });

  router.get('/archive/*', async (req, res) => {
    const repository = repositoryOf(req);
    const [, name, format] = wildcard(req).match(/^(.*)\.(tar\.gz|zip)$/) ?? [];
    if (!format) {
      throw new NotFoundError('Archives are made as .tar.gz and .zip');
    }
    const ref = parsePart('ref', refName, name);
    const git = await store.open(repository);
    const commit = await git.resolve(ref);
    res.setHeader(
      'Content-Type',
      format === 'zip' ? 'application/zip' : 'application/gzip',
    );
    res.setHeader(
      'Content-Disposition',
      `attachment; filename="${repository.name}.${format}"`,
    );
    await git.stream(
      {
        args: [
          'archive',
          `--format=${format}`,
          `--prefix=${repository.name}/`,
          commit,
        ],
        forUser: auth.identify(req) !== undefined,
        isWanted: () => !res.closed,
      },
      async child => {
        child.stdin.end();
        child.stderr.resume();
        res.once('close', () => child.kill());
        // Whether Git failed is known only after all was sent: cut the connection
        // then, so that nobody takes a part for the whole
        const [{ code }] = await Promise.all([
          exitOf(child),
          pipeline(child.stdout, res, { end: false }),
        ]);
        if (code === 0) {
          res.end();
        } else {
          res.destroy();
        }
      },
    );
  });

  return router;
}
