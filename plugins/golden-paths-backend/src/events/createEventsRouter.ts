import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  AcceptedEvent,
  EventResults,
} from '@waymark/plugin-golden-paths-common';
import express from 'express';
import Router from 'express-promise-router';
import { readEvents } from './encodings/readEvents';
import { Answer, EventDoor } from './EventDoor';
import { EventReader } from './list/EventReader';
import { readEventsRequest } from './list/readEventsRequest';

/**
 * Takes and shows events.
 *
 * @internal
 */
export function createEventsRouter(options: {
  door: EventDoor;
  httpAuth: HttpAuthService;
  /** Bytes of the body with one event. */
  maxBytes: number;
  /** Bytes of the body with a batch. */
  maxBatchBytes: number;
  reader: EventReader;
}): express.Router {
  const { door, httpAuth, reader } = options;
  const router = Router();

  router.post('/events', async (request, response) => {
    // Before anything of the body is read
    const reporter = await door.admit(
      await httpAuth.credentials(request, { allow: ['user', 'service'] }),
    );
    const { isBatch, items } = await readEvents({
      ...options,
      request,
      response,
    });
    const answers = await door.take(reporter, items);
    if (isBatch) {
      response
        .status(answers.some(answer => answer instanceof Error) ? 207 : 202)
        .json(toResults(answers));
      return;
    }
    const [answer] = answers;
    if (answer instanceof Error) {
      throw answer;
    }
    const accepted: AcceptedEvent = answer;
    response.status(answer.duplicate ? 200 : 202).json(accepted);
  });

  router.get('/events', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await reader.read(credentials, readEventsRequest(request.query)),
    );
  });

  return router;
}

function toResults(answers: Answer[]): EventResults {
  return {
    items: answers.map(answer => {
      if (answer instanceof Error) {
        const { name, message } = answer;
        return { status: 'rejected', error: { name, message } };
      }
      const { duplicate, ...event } = answer;
      return { status: duplicate ? 'duplicate' : 'accepted', ...event };
    }),
  };
}
