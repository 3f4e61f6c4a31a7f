import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { entityParamsSchema, parse } from '@waymark/backend-support';
import {
  EvaluationResponse,
  scorecardsEvaluationRunPermission,
} from '@waymark/plugin-scorecards-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../audit/audited';
import { EvaluationQueue } from '../evaluation/EvaluationQueue';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { EntityScorecardsReader } from '../results/entity/EntityScorecardsReader';
import { CollectorRunner } from './CollectorRunner';
import { EntityCheck } from './EntityCheck';

/**
 * Lets people have an entity looked at now.
 *
 * @internal
 */
export function createEvaluationsRouter(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  queue: EvaluationQueue;
  reader: EntityScorecardsReader;
  /** Takes entities over from the catalog. */
  refresh(entityRefs: string[]): Promise<void>;
  runner: CollectorRunner;
}): Router {
  const { access, auditor, httpAuth, reader, refresh } = options;
  const check = new EntityCheck(options);
  const router = PromiseRouter();

  router.post(
    '/entities/:kind/:namespace/:name/evaluations',
    async (request, response) => {
      const entityRef = parse(entityParamsSchema, request.params, 'path');
      const credentials = await httpAuth.credentials(request);
      const collectors = await audited(
        auditor,
        { eventId: 'entity-evaluate', request, meta: { entityRef } },
        async () => {
          await access.requireScorecards(credentials);
          // It may have been in the catalog for a moment only
          await refresh([entityRef]);
          const subject = await access.require(
            credentials,
            scorecardsEvaluationRunPermission,
            entityRef,
          );
          return check.check(subject.id);
        },
      );
      const answer: EvaluationResponse = {
        ...(await reader.read({ credentials, entityRef })),
        collectors,
      };
      response.json(answer);
    },
  );

  return router;
}
