import { createHash } from 'node:crypto';
import {
  AuthenticationError,
  ConflictError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, { RequestHandler } from 'express';
import Router from 'express-promise-router';
import { assertMediaType } from '../http/assertMediaType';
import { DeliveryPublisher } from './DeliveryPublisher';
import { parseGithubHeaders } from './parseGithubHeaders';
import { parseJsonObject } from './parseJsonObject';
import { SECRETS_KEY } from './readGithubSecrets';
import { verifySignature } from './verifySignature';

const REFUSED = 'The signature of the webhook is missing or wrong';

/**
 * Receives webhooks. Whoever calls is nobody to Backstage: the signature is
 * the credential.
 *
 * @internal
 */
export function createWebhookRouter(options: {
  /** Bytes of one body. */
  maxBytes: number;
  publisher: DeliveryPublisher;
  /** Asked for at every delivery, since they may be exchanged at any time. */
  secrets(): string[];
}): express.Router {
  const { maxBytes, publisher, secrets } = options;
  const router = Router();

  // Everything that can be refused without the body is, before it is read
  const checkBeforeReading: RequestHandler = (request, _, next) => {
    if (secrets().length === 0) {
      throw new ServiceUnavailableError(
        `No webhook is accepted, because no secret is configured: set ${SECRETS_KEY} to what the webhook on GitHub is signed with, or webhookSecret of a GitHub App in integrations.github`,
      );
    }
    assertMediaType(
      request,
      'application/json',
      'Choose it as the content type of the webhook on GitHub.',
    );
    parseGithubHeaders(name => request.header(name));
    if (!request.header('x-hub-signature-256')) {
      throw new AuthenticationError(REFUSED);
    }
    next();
  };

  router.post(
    '/webhooks/github',
    checkBeforeReading,
    // As it is on the wire: the signature covers these very bytes
    express.raw({ type: () => true, limit: maxBytes, inflate: false }),
    async (request, response) => {
      const body: Buffer = Buffer.isBuffer(request.body)
        ? request.body
        : Buffer.alloc(0);
      const signature = request.header('x-hub-signature-256') ?? '';
      if (!verifySignature({ body, secrets: secrets(), signature })) {
        throw new AuthenticationError(REFUSED);
      }

      const { event, deliveryId, metadata } = parseGithubHeaders(name =>
        request.header(name),
      );
      const result = await publisher.accept({
        sender: 'github',
        deliveryId,
        digest: createHash('sha256').update(body).digest('hex'),
        event,
        metadata,
        body: parseJsonObject(body),
      });
      if (!result.accepted) {
        throw new ConflictError(
          `This delivery was accepted at ${result.acceptedAt.toISOString()}`,
        );
      }
      response.status(202).json({ status: 'accepted' });
    },
  );

  return router;
}
