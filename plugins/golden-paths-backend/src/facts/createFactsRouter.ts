import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { entityRefSchema, parse, readJson } from '@waymark/backend-support';
import { DeliveryFactsAnswer } from '@waymark/plugin-golden-paths-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { isOwnPlugin } from '../events/authorization/isOwnPlugin';
import { readDeliveryFacts } from './readDeliveryFacts';

const MAX_REFS = 500;
/** Of as many refs as there may be, each as long as it may be. */
const MAX_BYTES = 250_000;

const bodySchema = z.strictObject({
  entityRefs: z.array(entityRefSchema()).min(1).max(MAX_REFS),
});

/**
 * What is known of the delivery of services, for other plugins: for all entities,
 * whoever may see them.
 *
 * @internal
 */
export function createFactsRouter(options: {
  clock: () => number;
  httpAuth: HttpAuthService;
  knex: Knex;
}): Router {
  const { clock, httpAuth, knex } = options;
  const router = PromiseRouter();

  router.post('/facts', async (request, response) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (!isOwnPlugin(principal)) {
      throw new NotAllowedError('Facts are for the plugins of this portal');
    }
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const { entityRefs } = parse(bodySchema, body, 'body');
    const facts = await readDeliveryFacts({ knex, entityRefs, now: clock() });
    const answer: DeliveryFactsAnswer = {
      items: [...facts].map(([entityRef, known]) => ({
        entityRef,
        facts: known,
      })),
    };
    response.json(answer);
  });

  return router;
}
