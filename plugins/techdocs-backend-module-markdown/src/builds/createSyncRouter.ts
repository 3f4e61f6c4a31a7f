import { HttpAuthService } from '@backstage/backend-plugin-api';
import { isError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import Router from 'express-promise-router';
import { SiteBuilder } from './SiteBuilder';

/**
 * The route that the reader of TechDocs asks before it shows a page: it answers
 * when the site is as new as its repository, and says meanwhile what is going on.
 *
 * It stands in front of the route of the same name of TechDocs, which takes a site
 * for new that was looked at within the last minute.
 *
 * @internal
 */
export function createSyncRouter(options: {
  builder: SiteBuilder;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
}): express.Router {
  const { builder, catalog, httpAuth } = options;
  const router = Router();
  router.get('/sync/:namespace/:kind/:name', async (request, response) => {
    const { kind, name, namespace } = request.params;
    const credentials = await httpAuth.credentials(request);
    const entity = await catalog.getEntityByRef(
      { kind, name, namespace },
      { credentials },
    );
    if (!entity) {
      throw new NotFoundError(`There is no ${kind}:${namespace}/${name}`);
    }

    response.writeHead(200, {
      'cache-control': 'no-cache',
      'content-type': 'text/event-stream',
    });
    const send = (event: 'error' | 'finish' | 'log', data: unknown) => {
      if (!response.writableEnded && !response.destroyed) {
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        // The middleware that compresses answers keeps them otherwise
        (response as { flush?: () => void }).flush?.();
      }
    };
    try {
      const updated = await builder.build(entity, line => send('log', line));
      send('finish', { updated });
    } catch (error) {
      send('error', isError(error) ? error.message : String(error));
    }
    response.end();
  });
  return router;
}
