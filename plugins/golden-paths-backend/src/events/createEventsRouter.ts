import { HttpAuthService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { assertMediaType } from '@waymark/backend-support';
import {
  AcceptedEvent,
  DeliveryEventList,
} from '@waymark/plugin-golden-paths-common';
import express, { RequestHandler } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import { EventAuthorizer } from './EventAuthorizer';
import { EventStore } from './EventStore';
import { parseCloudEvent } from './parseCloudEvent';
import { textSchema } from './schemas/primitives';

const MEDIA_TYPE = 'application/cloudevents+json';

const querySchema = z.object({
  entityRef: textSchema.max(512),
  cursor: z.string().max(255).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/**
 * Takes and shows events.
 *
 * @internal
 */
export function createEventsRouter(options: {
  authorizer: EventAuthorizer;
  httpAuth: HttpAuthService;
  /** Bytes of one event. */
  maxBytes: number;
  store: EventStore;
}): express.Router {
  const { authorizer, httpAuth, maxBytes, store } = options;
  const router = Router();

  const checkBeforeReading: RequestHandler = async (request, _, next) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    assertMediaType(
      request,
      MEDIA_TYPE,
      'One CloudEvent in structured mode is taken per request.',
    );
    next();
  };

  router.post(
    '/events',
    checkBeforeReading,
    express.json({ type: MEDIA_TYPE, limit: maxBytes }),
    async (request, response) => {
      const envelope = parseCloudEvent(request.body);
      const { entityRef, receivedFrom } = await authorizer.authorizePush(
        await httpAuth.credentials(request, { allow: ['user', 'service'] }),
        { entityRef: envelope.entityref, source: envelope.source },
      );
      const result = await store.add({
        envelope,
        entityRef,
        receivedFrom,
        receivedAt: new Date(),
      });
      if (result.duplicate && result.entityRef !== entityRef) {
        throw new ConflictError(
          'An event with this source and id was accepted for another entity',
        );
      }
      const answer: AcceptedEvent = {
        id: envelope.id,
        source: envelope.source,
        entityRef,
        duplicate: result.duplicate,
      };
      response.status(result.duplicate ? 200 : 202).json(answer);
    },
  );

  router.get('/events', async (request, response) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) {
      throw new InputError(
        `${query.error.issues[0].path.join('.')}: ${
          query.error.issues[0].message
        }`,
      );
    }
    const { cursor, limit } = query.data;
    const entityRef = await authorizer.authorizeRead(
      await httpAuth.credentials(request, { allow: ['user'] }),
      query.data.entityRef,
    );
    const { items, next } = await store.list({
      entityRef,
      limit,
      after: cursor === undefined ? undefined : decodeCursor(cursor),
    });
    const answer: DeliveryEventList = {
      items,
      nextCursor: next && encodeCursor(next),
    };
    response.json(answer);
  });

  return router;
}
