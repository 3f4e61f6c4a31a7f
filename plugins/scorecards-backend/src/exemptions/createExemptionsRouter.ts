import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  beginningSchema,
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
import { ruleIdSchema, scorecardRefSchema } from '../http/schemas';
import { Exemptions } from './Exemptions';
import { EXEMPTION_SORTS } from './listExemptions';

const MAX_BYTES = 32 * 1024;

const text = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine(
    value => !value.includes('\0'),
    'must not have the character U+0000, which PostgreSQL does not take',
  );
const stateSchema = z.enum([
  'requested',
  'approved',
  'denied',
  'revoked',
  'expired',
]);

const idParamsSchema = z.object({
  // As large as the column
  id: z.string().regex(/^[1-9]\d{0,8}$/, 'is not the id of an exemption'),
});

const requestSchema = z.strictObject({
  entityRef: entityRefSchema(),
  scorecardRef: scorecardRefSchema,
  ruleId: ruleIdSchema,
  reason: text,
  startsAt: timeSchema.optional(),
  expiresAt: timeSchema,
});

const noteSchemas = {
  approve: z.strictObject({ note: text.optional() }),
  // Whoever asked is owed a reason
  deny: z.strictObject({ note: text }),
  revoke: z.strictObject({ note: text }),
};

const listSchema = z.strictObject({
  state: z
    .union([stateSchema.transform(state => [state]), z.array(stateSchema)])
    .optional(),
  entity: entityRefSchema().optional(),
  scorecard: scorecardRefSchema.optional(),
  rule: ruleIdSchema.optional(),
  requestedBy: entityRefSchema({ kind: 'user' }).optional(),
  expiresBefore: beginningSchema.optional(),
  ...placesShape,
  sort: z.enum(EXEMPTION_SORTS).default('-requestedAt'),
  cursor: z.string().max(1000).optional(),
  limit: limitSchema({ default: 20, max: 100 }),
});

/**
 * To ask for exemptions and to decide on them.
 *
 * @internal
 */
export function createExemptionsRouter(options: {
  exemptions: Exemptions;
  httpAuth: HttpAuthService;
}): Router {
  const { exemptions, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/exemptions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(listSchema, request.query, 'query');
    response.json(
      await exemptions.list(credentials, {
        filter: {
          states: query.state,
          entityRef: query.entity,
          scorecardRef: query.scorecard,
          ruleId: query.rule,
          requestedBy: query.requestedBy,
          expiresBefore: query.expiresBefore,
          sort: query.sort,
        },
        selection: { owner: query.owner, domain: query.domain },
        cursor: query.cursor,
        limit: query.limit,
      }),
    );
  });

  router.post('/exemptions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const wish = parse(requestSchema, body, 'body');
    const exemption = await exemptions.request({ credentials, request }, wish);
    response.status(201).json(exemption);
  });

  for (const action of ['approve', 'deny', 'revoke'] as const) {
    router.post(`/exemptions/:id/${action}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { id } = parse(idParamsSchema, request.params, 'path');
      const body = await readJson(request, response, { maxBytes: MAX_BYTES });
      const { note } = parse(noteSchemas[action], body, 'body');
      response.json(
        await exemptions.decide({ credentials, request }, { id, action, note }),
      );
    });
  }

  return router;
}
