import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { assertMediaType, parse, readBody } from '@waymark/backend-support';
import express from 'express';
import Router from 'express-promise-router';
import { Knex } from 'knex';
import { EventIntake } from '../../events/EventIntake';
import { TrackedTickets } from '../../tickets/TrackedTickets';
import { parseJsonObject } from '../../webhooks/parseJsonObject';
import { verifySignature } from '../../webhooks/verifySignature';
import { acceptEvents } from '../acceptEvents';
import { entityOfTicket } from './entityOfTicket';
import { trackerSchema } from './trackerSchema';
import { translateTicket } from './translateTicket';

const SECRETS_KEY = 'goldenPaths.webhooks.tracker.secrets';
const REFUSED = 'The signature of the webhook is missing or wrong';

/**
 * Receives what becomes of tickets from any issue tracker that can sign what it
 * sends.
 *
 * @internal
 */
export function createTrackerRouter(options: {
  database: Knex;
  intake: EventIntake;
  /** Bytes of one body. */
  maxBytes: number;
  secrets(): string[];
  tickets: TrackedTickets;
}): express.Router {
  const { database, intake, maxBytes, secrets, tickets } = options;
  const router = Router();

  router.post('/webhooks/tracker', async (request, response) => {
    const candidates = secrets();
    if (candidates.length === 0) {
      throw new ServiceUnavailableError(
        `No webhook is accepted, because no secret is configured: set ${SECRETS_KEY}`,
      );
    }
    assertMediaType(request, 'application/json', 'Send the body as JSON.');
    const signature = request.header('x-hub-signature-256');
    if (!signature) {
      throw new AuthenticationError(REFUSED);
    }
    const body = await readBody({ maxBytes, request, response });
    if (!verifySignature({ body, secrets: candidates, signature })) {
      throw new AuthenticationError(REFUSED);
    }
    const notice = parse(
      trackerSchema,
      JSON.parse(parseJsonObject(body)),
      'body',
    );
    const { action, ticket } = notice;
    const known = await tickets.find({
      key: ticket.key.toLowerCase(),
      reference: ticket.reference,
    });
    if (known) {
      await tickets.follow(known.id, {
        key: ticket.key.toLowerCase(),
        url: ticket.url,
        closedAt: {
          created: undefined,
          closed: Date.parse(ticket.closedAt ?? ''),
          reopened: null,
        }[action],
      });
    }
    response.status(202).json(
      await acceptEvents(intake, {
        events: translateTicket(notice, { ticketId: known?.id }),
        entityRef:
          known?.entityRef ??
          ticket.entityRef ??
          ticket.squad ??
          (await entityOfTicket(database, notice)),
        receivedFrom: 'tracker',
      }),
    );
  });

  return router;
}
