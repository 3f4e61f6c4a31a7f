import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  entityRefSchema,
  limitSchema,
  parse,
  placesShape,
  readJson,
  timeSchema,
} from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Deviations } from './Deviations';

const MAX_BYTES = 32 * 1024;

const comment = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine(
    text => !text.includes('\0'),
    'must not have the character U+0000, which PostgreSQL does not take',
  );

const idParamsSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/, 'is not the id of a deviation'),
});

const listSchema = z.strictObject({
  owner: placesShape.owner,
  template: entityRefSchema({ kind: 'template' }).optional(),
  state: z
    .enum(['unjustified', 'requested', 'approved', 'denied', 'expired'])
    .optional(),
  entityRef: entityRefSchema().optional(),
  cursor: z.string().max(1000).optional(),
  limit: limitSchema({ default: 50, max: 200 }),
});

const bodySchemas = {
  approve: z.strictObject({
    comment: comment.optional(),
    expiresAt: timeSchema,
  }),
  // Whoever declared it is owed a reason
  deny: z.strictObject({ comment }),
  revoke: z.strictObject({ comment }),
};

/**
 * To see deviations from golden paths, and to decide on them.
 *
 * @internal
 */
export function createDeviationsRouter(options: {
  deviations: Deviations;
  httpAuth: HttpAuthService;
}): Router {
  const { deviations, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/deviations', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(listSchema, request.query, 'query');
    response.json(
      await deviations.list(credentials, {
        filter: {
          state: query.state,
          templateRef: query.template,
          entityRef: query.entityRef,
        },
        owner: query.owner,
        cursor: query.cursor,
        limit: query.limit,
      }),
    );
  });

  router.get('/deviations/:id/decisions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id } = parse(idParamsSchema, request.params, 'path');
    response.json(await deviations.history(credentials, id));
  });

  for (const decision of ['approve', 'deny', 'revoke'] as const) {
    router.post(`/deviations/:id/${decision}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { id } = parse(idParamsSchema, request.params, 'path');
      const body = parse<z.ZodType<{ comment?: string; expiresAt?: number }>>(
        bodySchemas[decision],
        await readJson(request, response, { maxBytes: MAX_BYTES }),
        'body',
      );
      response.json(
        await deviations.decide(
          { credentials, request },
          { id, decision, ...body },
        ),
      );
    });
  }

  return router;
}
