import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parse } from 'yaml';

/**
 * The document that describes all routes, as it is in the package.
 *
 * @internal
 */
export async function readOpenApiDocument() {
  const file = resolvePackagePath(
    '@waymark/plugin-scorecards-backend',
    'src/schema/openapi.yaml',
  );
  return parse(await readFile(file, 'utf8'));
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
