import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  decodeCursor,
  encodeCursor,
  entityParamsSchema,
  limitSchema,
  parse,
  pastSchema,
} from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { ruleIdSchema } from '../http/schemas';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { EntityScorecardsReader } from './entity/EntityScorecardsReader';
import { readRuleTransitions } from './entity/readRuleTransitions';
import { RuleRevisions } from './RuleRevisions';

const ruleParamsSchema = z
  .object({
    scorecardNamespace: z.string().min(1).max(63),
    scorecardName: z.string().min(1).max(63),
    ruleId: ruleIdSchema,
  })
  .transform(({ scorecardNamespace, scorecardName, ruleId }) => ({
    ruleId,
    scorecardRef: stringifyEntityRef({
      kind: 'scorecard',
      namespace: scorecardNamespace,
      name: scorecardName,
    }),
  }));

const pageSchema = z.strictObject({
  cursor: z.string().max(1000).optional(),
  limit: limitSchema({ default: 20, max: 100 }),
});

/**
 * What is known of one entity.
 *
 * @internal
 */
export function createEntitiesRouter(options: {
  access: ScorecardAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  readable: ReadableScorecards;
  reader: EntityScorecardsReader;
  revisions: RuleRevisions;
}): Router {
  const { access, httpAuth, knex, now, readable, reader, revisions } = options;
  const router = PromiseRouter();

  router.get('/entities/:kind/:namespace/:name', async (request, response) => {
    const entityRef = parse(entityParamsSchema, request.params, 'path');
    const schema = z.strictObject({ asOf: pastSchema(now).optional() });
    const { asOf } = parse(schema, request.query, 'query');
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    response.json(await reader.read({ credentials, entityRef, asOf }));
  });

  router.get(
    '/entities/:kind/:namespace/:name/scorecards/:scorecardNamespace/:scorecardName/rules/:ruleId/transitions',
    async (request, response) => {
      const entityRef = parse(entityParamsSchema, request.params, 'path');
      const { ruleId, scorecardRef } = parse(
        ruleParamsSchema,
        request.params,
        'path',
      );
      const { cursor, limit } = parse(pageSchema, request.query, 'query');
      const credentials = await httpAuth.credentials(request);
      await access.requireScorecards(credentials);
      const subject = await access.requireRead(credentials, entityRef);
      const scorecard = await readable.get(credentials, scorecardRef);
      const rule = scorecard.rules.find(({ key }) => key === ruleId);
      if (!rule) {
        throw new NotFoundError(`${scorecardRef} has no rule ${ruleId}`);
      }
      const list = ['transitions', subject.id, rule.id];
      const { items, next } = await readRuleTransitions({
        knex,
        subjectId: subject.id,
        ruleId: rule.id,
        revisions,
        before:
          cursor === undefined
            ? undefined
            : decodeCursor(list, z.number().int(), cursor),
        limit,
        now: now(),
      });
      response.json({
        items,
        ...(next !== undefined && { nextCursor: encodeCursor(list, next) }),
      });
    },
  );

  return router;
}
