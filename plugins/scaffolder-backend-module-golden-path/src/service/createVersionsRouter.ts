import { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { DeliveredService } from '../deliver/isDelivered';
import { PathVersions } from '../versions/PathVersions';
import { parse } from './parse';

const query = z.strictObject({ template: z.string().min(1).max(400) });
const deliveredQuery = z.strictObject({
  service: z.string().min(1).max(100),
  repository: z.url({ protocol: /^https?$/ }).max(1000),
});

/**
 * What other plugins ask about golden paths.
 *
 * @internal
 */
export function createVersionsRouter(options: {
  httpAuth: HttpAuthService;
  /** Whether the GitOps repository says what runs of a service. */
  isDelivered: (service: DeliveredService) => Promise<boolean>;
  versions: PathVersions;
}): express.Router {
  const { httpAuth, isDelivered, versions } = options;
  const router = Router();

  router.get('/golden-path/version', async (req, res) => {
    // It tells of files that not everybody may read
    await httpAuth.credentials(req, { allow: ['service'] });
    const { template } = parse(query, req.query);
    res.json(await versions.get(template));
  });

  router.get('/golden-path/delivered', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { service, repository } = parse(deliveredQuery, req.query);
    const delivered = await isDelivered({ service, serviceUrl: repository });
    res.json({ delivered });
  });

  return router;
}
