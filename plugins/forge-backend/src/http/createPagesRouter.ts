import { NotFoundError } from '@backstage/errors';
import express, { ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import { ForgeServices } from '../ForgeServices';
import { parseInput } from '../names/parse';
import { organizationName } from '../names/schemas';
import { errorPage } from '../pages/errorPage';
import { PageContext } from '../pages/layout';
import { homePage, organizationPage } from '../pages/listPages';
import { styles, stylesFile } from '../pages/styles';
import { createComparePages } from './createComparePages';
import { createHistoryPages } from './createHistoryPages';
import { createSourcePages } from './createSourcePages';
import { parsePart } from './locate';
import { pageHeaders } from './pageHeaders';
import { pageQuery } from './paging';
import { statusOf } from './statusOf';

/**
 * The pages of the forge, for people.
 *
 * @internal
 */
export function createPagesRouter(services: ForgeServices): express.Router {
  const { organizations, store, urls } = services;
  const context: PageContext = {
    links: urls.relative(),
    urls,
    portal: services.portal,
    credentialsHint: services.options.credentialsHint,
  };
  const router = Router();
  router.use(pageHeaders());

  router.get(`/-/${stylesFile}`, (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    res.type('text/css').send(styles);
  });

  router.get('/', async (req, res) => {
    const { page, limit } = parseInput(pageQuery, req.query);
    const [known, { repositories, total }] = await Promise.all([
      organizations.list(),
      store.list({ skip: (page - 1) * limit, limit }),
    ]);
    const more = page * limit < total;
    res.send(
      homePage({
        context,
        ...known,
        repositories,
        total,
        page,
        more,
      }).toString(),
    );
  });

  router.get('/:org', async (req, res) => {
    const name = parsePart('org', organizationName, req.params.org);
    const { page, limit } = parseInput(pageQuery, req.query);
    const organization = await organizations.get(name);
    const { repositories, total } = await store.list({
      organization: name,
      skip: (page - 1) * limit,
      limit,
    });
    const more = page * limit < total;
    res.send(
      organizationPage({
        context,
        organization,
        repositories,
        total,
        page,
        more,
      }).toString(),
    );
  });

  // Somebody opened the address that is meant for Git
  router.get('/:org/:repo.git', (req, res) => {
    const { org, repo } = req.params;
    res.redirect(context.links.repository({ organization: org, name: repo }));
  });

  router.use(createSourcePages(services, context));
  router.use(createHistoryPages(services, context));
  router.use(createComparePages(services, context));

  router.use(() => {
    throw new NotFoundError('The forge has no such page.');
  });
  router.use(pageErrors(services, context));
  return router;
}

function pageErrors(
  { logger }: ForgeServices,
  context: PageContext,
): ErrorRequestHandler {
  return (error, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) {
      logger.error(`A page of the forge failed with status ${status}`, error);
    }
    const message = status === 500 ? undefined : error.message;
    res.status(status).send(errorPage({ context, status, message }).toString());
  };
}
