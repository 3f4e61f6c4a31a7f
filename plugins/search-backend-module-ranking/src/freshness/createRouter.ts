import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Candidates } from '../candidates/Candidates';

/**
 * Says whether there is anything to be found yet, so that a page can tell "not yet"
 * from "nothing".
 *
 * @internal
 */
export function createRouter(options: {
  candidates: Candidates;
  httpAuth: HttpAuthService;
}): Router {
  const { candidates, httpAuth } = options;
  const router = PromiseRouter();
  router.get('/index', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json({ isReady: await candidates.isFilled() });
  });
  return router;
}
