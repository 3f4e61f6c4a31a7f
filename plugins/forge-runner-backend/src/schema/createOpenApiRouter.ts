import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { load } from 'js-yaml';

/**
 * Hands out the document that describes all routes, as it is in the package.
 *
 * @internal
 */
export function createOpenApiRouter(): Router {
  const router = PromiseRouter();
  router.get('/openapi.json', async (_request, response) => {
    const file = resolvePackagePath(
      '@waymark/plugin-forge-runner-backend',
      'src/schema/openapi.yaml',
    );
    response.json(load(await readFile(file, 'utf8')) as JsonObject);
  });
  return router;
}
