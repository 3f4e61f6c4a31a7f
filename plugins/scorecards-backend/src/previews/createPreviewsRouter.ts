import { HttpAuthService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { parse, readJson } from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Previews } from './Previews';

const MAX_BYTES = 256 * 1024;

const previewSchema = z.strictObject({
  scorecard: z.union(
    [
      z.string(),
      z.custom<JsonObject>(
        value => typeof value === 'object' && !Array.isArray(value) && !!value,
      ),
    ],
    { error: 'has to be the YAML of a scorecard, or the entity' },
  ),
});

/**
 * To try scorecards before they are published.
 *
 * @internal
 */
export function createPreviewsRouter(options: {
  httpAuth: HttpAuthService;
  previews: Previews;
}): Router {
  const { httpAuth, previews } = options;
  const router = PromiseRouter();

  router.post('/previews', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const { scorecard } = parse(previewSchema, body, 'body');
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      response.json(
        await previews.preview(
          { credentials, request, signal: gone.signal },
          scorecard,
        ),
      );
    } catch (error) {
      // Nobody is there any more to be told
      if (!gone.signal.aborted) {
        throw error;
      }
    }
  });

  return router;
}
