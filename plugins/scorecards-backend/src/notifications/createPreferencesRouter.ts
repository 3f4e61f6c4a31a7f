import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { parse, readJson } from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { PreferenceStore } from './PreferenceStore';

const MAX_BYTES = 1024;

const preferencesSchema = z.strictObject({
  delivery: z.enum(['each', 'weekly']),
});

/**
 * How the signed-in user wants to hear of changed levels.
 *
 * @internal
 */
export function createPreferencesRouter(options: {
  httpAuth: HttpAuthService;
  now: () => number;
  preferences: PreferenceStore;
}): Router {
  const { httpAuth, now, preferences } = options;
  const router = PromiseRouter();

  router.get('/preferences', async (request, response) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(await preferences.get(normalized(principal.userEntityRef)));
  });

  router.put('/preferences', async (request, response) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const wanted = parse(preferencesSchema, body, 'body');
    await preferences.set(normalized(principal.userEntityRef), wanted, now());
    response.json(wanted);
  });

  return router;
}

/** As recipients of notifications are written. */
function normalized(userEntityRef: string): string {
  return stringifyEntityRef(parseEntityRef(userEntityRef));
}
