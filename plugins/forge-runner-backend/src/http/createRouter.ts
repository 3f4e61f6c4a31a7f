import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { parse } from '@waymark/backend-support';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { Pipelines } from '../runs/Pipelines';
import { EntityAccess } from './EntityAccess';
import {
  emptyBody,
  entityParams,
  listQuery,
  logQuery,
  rollBackBody,
  runParams,
  stageParams,
} from './schemas';

const PIPELINE = '/pipelines/:kind/:namespace/:name';

/**
 * The routes of pipelines and services.
 *
 * @internal
 */
export function createRouter(options: {
  access: EntityAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  pipelines: Pipelines;
}): express.Router {
  const { access, auditor, httpAuth, pipelines } = options;
  const router = Router();
  router.use(express.json({ limit: '10kb' }));

  const readable = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const name = parse(entityParams, request.params, 'path');
    const entity = await access.requireEntity(credentials, name);
    return { credentials, entity };
  };

  /** Does something, if the caller may, and leaves in the audit log who did it. */
  const operate = async <T>(
    request: Request,
    action: string,
    work: (entity: Entity, by: string) => Promise<T>,
  ): Promise<T> => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const name = parse(entityParams, request.params, 'path');
    const event = await auditor.createEvent({
      eventId: 'pipeline-operate',
      request,
      severityLevel: 'medium',
      meta: { action, entityRef: stringifyEntityRef(name) },
    });
    try {
      const entity = await access.requireEntity(credentials, name);
      await access.requireOperate(credentials, entity);
      const result = await work(entity, credentials.principal.userEntityRef);
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  };

  router.get(PIPELINE, async (request, response) => {
    const { credentials, entity } = await readable(request);
    const { cursor, limit } = parse(listQuery, request.query, 'query');
    const mayOperate = await access.mayOperate(credentials, entity);
    response.json(
      await pipelines.describe(entity, { below: cursor, limit, mayOperate }),
    );
  });

  router.get(`${PIPELINE}/runs/:run`, async (request, response) => {
    const { entity } = await readable(request);
    const { run } = parse(runParams, request.params, 'path');
    response.json(await pipelines.getRun(entity, run));
  });

  router.get(
    `${PIPELINE}/runs/:run/stages/:stage/log`,
    async (request, response) => {
      const { entity } = await readable(request);
      const { run, stage } = parse(stageParams, request.params, 'path');
      const { from } = parse(logQuery, request.query, 'query');
      response.json(await pipelines.stageLog(entity, { run, stage, from }));
    },
  );

  router.get(`${PIPELINE}/service/log`, async (request, response) => {
    const { entity } = await readable(request);
    const { from } = parse(logQuery, request.query, 'query');
    response.json(await pipelines.serviceLog(entity, from));
  });

  router.post(`${PIPELINE}/runs`, async (request, response) => {
    parse(emptyBody, request.body ?? {}, 'body');
    response
      .status(201)
      .json(await operate(request, 'run', (...who) => pipelines.run(...who)));
  });

  router.post(`${PIPELINE}/runs/:run/cancel`, async (request, response) => {
    const { run } = parse(runParams, request.params, 'path');
    parse(emptyBody, request.body ?? {}, 'body');
    response.json(
      await operate(request, 'cancel', (entity, by) =>
        pipelines.cancel(entity, run, by),
      ),
    );
  });

  router.post(`${PIPELINE}/service/stop`, async (request, response) => {
    parse(emptyBody, request.body ?? {}, 'body');
    response.json(
      await operate(request, 'stop', (...who) => pipelines.stop(...who)),
    );
  });

  router.post(`${PIPELINE}/service/restart`, async (request, response) => {
    parse(emptyBody, request.body ?? {}, 'body');
    response.json(
      await operate(request, 'restart', entity => pipelines.restart(entity)),
    );
  });

  router.post(`${PIPELINE}/service/roll-back`, async (request, response) => {
    const { run } = parse(rollBackBody, request.body, 'body');
    response.json(
      await operate(request, 'roll-back', (entity, by) =>
        pipelines.rollBack(entity, run, by),
      ),
    );
  });

  return router;
}
