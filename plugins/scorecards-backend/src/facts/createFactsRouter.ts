import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  entityParamsSchema,
  parse,
  PayloadTooLargeError,
  readJson,
} from '@waymark/backend-support';
import { PushFactsResponse } from '@waymark/plugin-scorecards-common';
import express from 'express';
import Router from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { audited } from '../audit/audited';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { entityFacts } from './entityFacts';
import { FactIntake } from './FactIntake';
import { MAX_BODY_BYTES, MAX_ITEMS } from './factLimits';
import { FactStore } from './FactStore';

const bodySchema = z.strictObject({ facts: z.array(z.unknown()) });

/**
 * Takes and shows facts.
 *
 * @internal
 */
export function createFactsRouter(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  database: Knex;
  httpAuth: HttpAuthService;
  intake: FactIntake;
  metrics: ScorecardMetrics;
  store: FactStore;
}): express.Router {
  const { access, auditor, database, httpAuth, intake, metrics, store } =
    options;
  const router = Router();

  router.post('/facts', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const body = await readJson(request, response, {
      maxBytes: MAX_BODY_BYTES,
    });
    const { facts } = parse(bodySchema, body, 'body');
    if (facts.length > MAX_ITEMS) {
      throw new PayloadTooLargeError(
        `At most ${MAX_ITEMS} facts are taken at a time, and these are ${facts.length}`,
      );
    }
    const answer: PushFactsResponse = await audited(
      auditor,
      { eventId: 'fact-push', severityLevel: 'low', request },
      async note => {
        const items = await intake.push(credentials, facts);
        const counts = { accepted: 0, superseded: 0, rejected: 0 };
        for (const { status } of items) {
          counts[status] += 1;
        }
        for (const result of ['accepted', 'superseded', 'rejected'] as const) {
          metrics.factsReceived({ result, count: counts[result] });
        }
        note(counts);
        return { items };
      },
    );
    response.json(answer);
  });

  router.get('/facts/:kind/:namespace/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const entityRef = parse(entityParamsSchema, request.params, 'path');
    await access.requireScorecards(credentials);
    const { id } = await access.requireRead(credentials, entityRef);
    response.json({
      items: await entityFacts({ database, store, subjectId: id }),
    });
  });

  return router;
}
