import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Completeness } from './Completeness';

/**
 * Says whether everything can be found yet, so that a page can tell "not yet" from
 * "nothing".
 *
 * @internal
 */
export function createRouter(options: {
  completeness: Completeness;
  httpAuth: HttpAuthService;
}): Router {
  const { completeness, httpAuth } = options;
  const router = PromiseRouter();
  router.get('/index', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json({ isReady: await completeness.isComplete() });
  });
  return router;
}
