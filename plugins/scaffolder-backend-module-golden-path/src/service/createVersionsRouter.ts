import { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { PathVersions } from '../versions/PathVersions';
import { parse } from './parse';

const query = z.strictObject({ template: z.string().min(1).max(400) });

/**
 * What other plugins ask about golden paths.
 *
 * @internal
 */
export function createVersionsRouter(options: {
  httpAuth: HttpAuthService;
  versions: PathVersions;
}): express.Router {
  const { httpAuth, versions } = options;
  const router = Router();

  router.get('/golden-path/version', async (req, res) => {
    // It tells of files that not everybody may read
    await httpAuth.credentials(req, { allow: ['service'] });
    const { template } = parse(query, req.query);
    res.json(await versions.get(template));
  });

  return router;
}
