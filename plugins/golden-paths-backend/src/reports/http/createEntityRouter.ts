import { entityParamsSchema, parse } from '@waymark/backend-support';
import { goldenPathsEventReadPermission } from '@waymark/plugin-golden-paths-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { entityDelivery } from '../entity/entityDelivery';
import { ReportContext } from './ReportContext';

/**
 * What is known of one entity.
 *
 * @internal
 */
export function createEntityRouter(context: ReportContext): Router {
  const router = PromiseRouter();
  const schema = z.strictObject({ weeks: context.shape.weeks });

  router.get(
    '/entities/:kind/:namespace/:name/delivery',
    async (request, response) => {
      const entityRef = parse(entityParamsSchema, request.params, 'path');
      const query = parse(schema, request.query, 'query');
      const asked = await context.ask(request, { ...query, entityRef });
      await context.access.require(
        await context.callerOf(request),
        goldenPathsEventReadPermission,
        entityRef,
      );
      response.json(await entityDelivery({ ...asked, entityRef }));
    },
  );

  return router;
}
