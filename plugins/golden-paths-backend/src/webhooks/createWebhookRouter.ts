import { createHash } from 'node:crypto';
import {
  AuthenticationError,
  ConflictError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { assertMediaType, readBody } from '@waymark/backend-support';
import express from 'express';
import Router from 'express-promise-router';
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

  router.post('/webhooks/github', async (request, response) => {
    const header = (name: string) => request.header(name);
    const candidates = secrets();
    if (candidates.length === 0) {
      throw new ServiceUnavailableError(
        `No webhook is accepted, because no secret is configured: set ${SECRETS_KEY} to what the webhook on GitHub is signed with, or webhookSecret of a GitHub App in integrations.github`,
      );
    }
    assertMediaType(
      request,
      'application/json',
      'Choose it as the content type of the webhook on GitHub.',
    );
    const { event, deliveryId, metadata } = parseGithubHeaders(header);
    const signature = header('x-hub-signature-256');
    if (!signature) {
      throw new AuthenticationError(REFUSED);
    }

    const body = await readBody({ maxBytes, request, response });
    if (!verifySignature({ body, secrets: candidates, signature })) {
      throw new AuthenticationError(REFUSED);
    }

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
  });

  return router;
}
