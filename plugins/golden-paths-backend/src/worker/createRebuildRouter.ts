import {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { goldenPathsHistoryManagePermission } from '@waymark/plugin-golden-paths-common';
import express from 'express';
import Router from 'express-promise-router';
import { Knex } from 'knex';
import { rebuild } from './rebuild';

/**
 * To have everything derived anew from events. It goes on while others read: what is
 * there stays until something else takes its place.
 *
 * @internal
 */
export function createRebuildRouter(options: {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  knex: Knex;
  permissions: PermissionsService;
  wake: () => void;
}): express.Router {
  const { auditor, httpAuth, knex, permissions, wake } = options;
  const router = Router();

  router.post('/derivation/rebuild', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const event = await auditor.createEvent({
      eventId: 'derivation-rebuild',
      severityLevel: 'medium',
      request,
    });
    try {
      const permission = goldenPathsHistoryManagePermission;
      const [{ result }] = await permissions.authorize([{ permission }], {
        credentials,
      });
      if (result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(`You lack the permission ${permission.name}`);
      }
      await rebuild(knex);
      await event.success();
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
    wake();
    const [{ entities }] = await knex('entities').count({ entities: '*' });
    response.status(202).json({ entities: Number(entities) });
  });

  return router;
}
