import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { load } from 'js-yaml';

/**
 * The document that describes all routes, as it is in the package.
 *
 * @internal
 */
export async function readOpenApiDocument(): Promise<JsonObject> {
  const file = resolvePackagePath(
    '@waymark/plugin-scorecards-backend',
    'src/schema/openapi.yaml',
  );
  return load(await readFile(file, 'utf8')) as JsonObject;
}

/**
 * Hands out the document that describes all routes.
 *
 * @internal
 */
export function createOpenApiRouter(): Router {
  const router = PromiseRouter();
  router.get('/openapi.json', async (_request, response) => {
    response.json(await readOpenApiDocument());
  });
  return router;
}
