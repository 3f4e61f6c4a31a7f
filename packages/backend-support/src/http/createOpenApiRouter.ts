import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { load } from 'js-yaml';

/**
 * The document that describes all routes of a plugin, as it is in its package.
 *
 * @public
 */
export async function readOpenApiDocument(options: {
  packageName: string;
}): Promise<JsonObject> {
  const file = resolvePackagePath(
    options.packageName,
    'src/schema/openapi.yaml',
  );
  return load(await readFile(file, 'utf8')) as JsonObject;
}

/**
 * Hands out the document that describes all routes of a plugin.
 *
 * @public
 */
export function createOpenApiRouter(options: { packageName: string }): Router {
  const router = PromiseRouter();
  router.get('/openapi.json', async (_request, response) => {
    response.json(await readOpenApiDocument(options));
  });
  return router;
}
