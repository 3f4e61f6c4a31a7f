import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { CiCredentialsConfig } from '../config/CiCredentialsConfig';
import { IssuedCredentials } from '../credentials/IssuedCredentials';
import { Pipelines } from '../pipelines/Pipelines';
import { audited } from './audited';
import {
  issueSchema,
  listIssuedSchema,
  parse,
  revokeIssuedSchema,
  settleSchema,
  verifySchema,
} from './validation';

/** How the subjects of this portal's own plugins begin. */
const PLUGIN_PREFIX = 'plugin:';

/**
 * The routes that `@waymark/plugin-ci-credentials-node` uses in other plugins.
 *
 * @internal
 */
export function createPluginRouter(options: {
  auditor: AuditorService;
  config: CiCredentialsConfig;
  httpAuth: HttpAuthService;
  issued: IssuedCredentials;
  pipelines: Pipelines;
}): express.Router {
  const { auditor, config, httpAuth, issued, pipelines } = options;
  const router = Router();

  // Whoever holds a token may ask whose it is: nothing else is needed
  router.post('/verify', async (req, res) => {
    const { token } = parse(verifySchema, req.body);
    try {
      res.json(await pipelines.verify(token));
    } catch (error) {
      const event = await auditor.createEvent({
        eventId: 'token-verify',
        severityLevel: 'medium',
        meta: { ip: req.ip ?? '' },
      });
      await event.fail({
        error: isError(error) ? error : new Error(String(error)),
      });
      throw error;
    }
  });

  router.get('/principals/:subject', async (req, res) => {
    await requirePlugin(req);
    res.json(await pipelines.get(req.params.subject));
  });

  router.get('/issued', async (req, res) => {
    await requireIssuer(req);
    res.json(await issued.list(parse(listIssuedSchema, req.query)));
  });

  router.post('/issued', async (req, res) => {
    const issuer = await requireIssuer(req);
    const request = parse(issueSchema, req.body);
    const created = await audited({
      auditor,
      eventId: 'credential-create',
      request: req,
      meta: { source: request.source, entityRefs: [request.entityRef] },
      run: () => issued.issue(request, issuer),
      describe: ({ credential }) => ({
        id: credential.id,
        expiresAt: credential.expiresAt,
      }),
    });
    res.set('cache-control', 'no-store').status(201).json(created);
  });

  router.post('/issued/settle', async (req, res) => {
    const issuer = await requireIssuer(req);
    const request = parse(settleSchema, req.body);
    res.json({
      revoked: await audited({
        auditor,
        eventId: 'credential-revoke',
        request: req,
        meta: { key: request.key, keep: request.keep, reason: request.reason },
        run: () => issued.settle(request, issuer),
        describe: ids => ({ ids: ids.join(' ') }),
      }),
    });
  });

  router.post('/issued/revoke', async (req, res) => {
    const issuer = await requireIssuer(req);
    const request = parse(revokeIssuedSchema, req.body);
    res.json({
      revoked: await audited({
        auditor,
        eventId: 'credential-revoke',
        request: req,
        meta: { key: request.key, reason: request.reason },
        run: () => issued.revoke(request, issuer),
        describe: ids => ({ ids: ids.join(' ') }),
      }),
    });
  });

  /** @returns the id of the plugin that asks */
  async function requirePlugin(req: express.Request): Promise<string> {
    const { principal } = await httpAuth.credentials(req, {
      allow: ['service'],
    });
    if (
      !principal.subject.startsWith(PLUGIN_PREFIX) ||
      principal.accessRestrictions
    ) {
      throw new NotAllowedError('This is for the plugins of this portal');
    }
    return principal.subject.slice(PLUGIN_PREFIX.length);
  }

  /** @returns its subject */
  async function requireIssuer(req: express.Request): Promise<string> {
    const pluginId = await requirePlugin(req);
    if (!config.issuers.includes(pluginId)) {
      throw new NotAllowedError(
        `The plugin ${pluginId} is not among ciCredentials.issuers`,
      );
    }
    return `${PLUGIN_PREFIX}${pluginId}`;
  }

  return router;
}
