import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { Knex } from 'knex';
import { EventIntake } from '../../events/EventIntake';
import { acceptEvents } from '../acceptEvents';
import { toUri } from '../createEvent';
import { verifyBearer } from '../verifyBearer';
import { findOpenIncidents } from './findOpenIncidents';
import { notificationSchema } from './notificationSchema';
import { sourceOf, translateNotification } from './translateNotification';
import { parse, readJson } from '@waymark/backend-support';

const SECRETS_KEY = 'goldenPaths.webhooks.argocd.secrets';

/**
 * Receives notifications of Argo CD. Its webhook service signs nothing, but sends a
 * header with a secret.
 *
 * @internal
 */
export function createArgocdRouter(options: {
  database: Knex;
  intake: EventIntake;
  /** Bytes of one body. */
  maxBytes: number;
  secrets(): string[];
}): express.Router {
  const { database, intake, maxBytes, secrets } = options;
  const router = Router();

  router.post('/webhooks/argocd', async (request, response) => {
    const candidates = secrets();
    if (candidates.length === 0) {
      throw new ServiceUnavailableError(
        `No notification is accepted, because no secret is configured: set ${SECRETS_KEY} to what Argo CD sends as "Authorization: Bearer <secret>"`,
      );
    }
    const authorization = request.header('authorization');
    if (!verifyBearer({ authorization, secrets: candidates })) {
      throw new AuthenticationError(
        'The secret of the notification is missing or wrong',
      );
    }
    const notification = parse(
      notificationSchema,
      await readJson(request, response, { maxBytes }),
      'body',
    );
    const events = translateNotification(
      notification,
      await findOpenIncidents(database, toUri(sourceOf(notification))),
    );
    response
      .status(202)
      .json(await acceptEvents(intake, { events, receivedFrom: 'argocd' }));
  });

  return router;
}
