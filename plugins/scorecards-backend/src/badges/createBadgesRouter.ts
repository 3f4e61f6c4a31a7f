import { createHash } from 'node:crypto';
import { AuthService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { entityParamsSchema, parse } from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { BadgeReader } from './BadgeReader';
import { levelBadge } from './levelBadge';

/** In seconds: how old a badge may be. */
const MAX_AGE = 300;

const scorecardSchema = z.string().regex(/^[a-zA-Z0-9._-]{1,63}$/);

/**
 * `GET /badges/:kind/:namespace/:name/:scorecard.svg`. Of a scorecard in another
 * namespace than `default`, that is said by `?namespace=`.
 *
 * @internal
 */
export function createBadgesRouter(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  isPublic: boolean;
  reader: BadgeReader;
}): Router {
  const { auth, httpAuth, isPublic, reader } = options;
  const router = PromiseRouter();

  router.get(
    '/badges/:kind/:namespace/:name/:scorecard.svg',
    async (request, response) => {
      const entityRef = parse(entityParamsSchema, request.params, 'path');
      const { scorecard } = parse(
        z.object({ scorecard: scorecardSchema }),
        request.params,
        'path',
      );
      const { namespace } = parse(
        z.strictObject({ namespace: scorecardSchema.default('default') }),
        request.query,
        'query',
      );
      const scorecardRef = stringifyEntityRef({
        kind: 'scorecard',
        namespace,
        name: scorecard,
      });
      const credentials = await httpAuth.credentials(request, {
        allow: isPublic ? ['user', 'service', 'none'] : ['user', 'service'],
        allowLimitedAccess: true,
      });
      const isAnonymous = auth.isPrincipal(credentials, 'none');
      const asked = { entityRef, scorecardRef };
      const badge = isAnonymous
        ? await reader.readPublic(asked)
        : await reader.read({ ...asked, credentials });

      const svg = levelBadge(badge);
      const etag = createHash('sha256').update(svg).digest('base64url');
      response.set({
        'Cache-Control': `${
          isAnonymous ? 'public' : 'private'
        }, max-age=${MAX_AGE}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Type': 'image/svg+xml; charset=utf-8',
        // Pages of other hosts show what is public, and learn nothing of the rest
        'Cross-Origin-Resource-Policy': isAnonymous
          ? 'cross-origin'
          : 'same-site',
        ETag: `"${etag.slice(0, 22)}"`,
        Vary: 'Authorization, Cookie',
        'X-Content-Type-Options': 'nosniff',
      });
      // Answers 304 by itself to whoever has this one
      response.send(svg);
    },
  );

  return router;
}
