import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ForgeServices } from '../ForgeServices';
import { parseBody, parseInput } from '../names/parse';
import { organizationName, refName, repositoryName } from '../names/schemas';
import { createContentRouter } from './createContentRouter';
import { giteaErrors } from './giteaErrors';
import { giteaOrganization, giteaRepository, giteaUser } from './giteaShapes';
import { pageQuery, sendPageHeaders } from './paging';

const newRepository = z.object({
  name: repositoryName,
  description: z
    .string()
    .max(2048, 'must have at most 2048 characters')
    .refine(text => !text.includes('\0'), 'must not contain NUL')
    .default(''),
  default_branch: refName.default('main'),
  // Saying yes and doing something else would be worse than saying no
  private: z
    .literal(false, 'everybody who reaches this forge may read all of it')
    .optional(),
  auto_init: z
    .literal(false, 'the first commit is pushed, never made here')
    .optional(),
});

const organizationParams = z.object({ org: organizationName });
const searchQuery = pageQuery.extend({ q: z.string().max(200).default('') });

/**
 * The part of Gitea's REST API that Backstage and its plugins use.
 *
 * @internal
 */
export function createApiRouter(services: ForgeServices): express.Router {
  const { auth, store, organizations, urls, events } = services;
  const router = Router();
  router.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-cache');
    next();
  });

  const show = (req: Request) => {
    const mayWrite = auth.identify(req) !== undefined;
    return (repository: Parameters<typeof giteaRepository>[0]) =>
      giteaRepository(repository, { urls, mayWrite });
  };

  // Wrong credentials are refused even where none are needed
  router.use((req, _res, next) => {
    auth.identify(req);
    next();
  });

  router.get('/version', (_req, res) => {
    res.json({ version: '1.22.0+waymark' });
  });

  router.get('/user', (req, res) => {
    res.json(giteaUser(auth.require(req, res)));
  });

  router.get('/orgs', async (req, res) => {
    const { page, limit } = parseInput(pageQuery, req.query);
    const { organizations: all, complete } = await organizations.list();
    if (!complete) {
      throw new ServiceUnavailableError('The catalog does not answer');
    }
    sendPageHeaders({ req, res, page, limit, total: all.length });
    res.json(
      all.slice((page - 1) * limit, page * limit).map(giteaOrganization),
    );
  });

  router.get('/orgs/:org', async (req, res) => {
    const { org } = parseInput(organizationParams, req.params);
    res.json(giteaOrganization(await organizations.get(org)));
  });

  router.get('/orgs/:org/repos', async (req, res) => {
    const { org } = parseInput(organizationParams, req.params);
    const { page, limit } = parseInput(pageQuery, req.query);
    await organizations.get(org);
    const { repositories, total } = await store.list({
      organization: org,
      skip: (page - 1) * limit,
      limit,
    });
    sendPageHeaders({ req, res, page, limit, total });
    res.json(repositories.map(show(req)));
  });

  router.post(
    '/orgs/:org/repos',
    (req: Request, res: Response, next: () => void) => {
      // Before the body is read
      auth.require(req, res);
      next();
    },
    express.json({ limit: '64kb' }),
    async (req, res) => {
      const { org } = parseInput(organizationParams, req.params);
      const body = parseBody(newRepository, req.body ?? {});
      await organizations.get(org);
      const repository = await store.create({
        organization: org,
        name: body.name,
        description: body.description,
        defaultBranch: body.default_branch,
      });
      events.publish('created', repository);
      res.status(201).json(show(req)(repository));
    },
  );

  router.get('/repos/search', async (req, res) => {
    const { page, limit, q } = parseInput(searchQuery, req.query);
    const { repositories, total } = await store.list({
      query: q,
      skip: (page - 1) * limit,
      limit,
    });
    sendPageHeaders({ req, res, page, limit, total });
    res.json({ ok: true, data: repositories.map(show(req)) });
  });

  router.use('/repos/:org/:repo', createContentRouter(services));

  router.use(() => {
    throw new NotFoundError('There is no such address in the API of the forge');
  });
  router.use(giteaErrors());
  return router;
}
