import {
  AuditorService,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { CiCredentialSettings } from '@waymark/plugin-ci-credentials-common';
import express from 'express';
import Router from 'express-promise-router';
import { CiCredentialsConfig } from '../config/CiCredentialsConfig';
import { PersonalCredentials } from '../credentials/PersonalCredentials';
import { audited } from './audited';
import { createSchema, listSchema, parse, revokeSchema } from './validation';

/**
 * The routes for people.
 *
 * @internal
 */
export function createRouter(options: {
  auditor: AuditorService;
  config: CiCredentialsConfig;
  httpAuth: HttpAuthService;
  personal: PersonalCredentials;
}): express.Router {
  const { auditor, config, httpAuth, personal } = options;
  const router = Router();

  router.get('/settings', async (req, res) => {
    const { credentials } = await callerOf(req);
    const settings: CiCredentialSettings = {
      defaultLifetimeDays: config.defaultLifetimeDays,
      maxLifetimeDays: config.maxLifetimeDays,
      access: await personal.access(credentials),
      github: config.github.map(({ host, issuer, audience }) => ({
        host,
        issuer,
        audience,
      })),
    };
    res.json(settings);
  });

  router.get('/credentials', async (req, res) => {
    const { credentials } = await callerOf(req);
    res.json(await personal.list(parse(listSchema, req.query), credentials));
  });

  router.post('/credentials', async (req, res) => {
    const caller = await callerOf(req);
    const request = parse(createSchema, req.body);
    const created = await audited({
      auditor,
      eventId: 'credential-create',
      request: req,
      meta: { source: request.source, entityRefs: request.entityRefs },
      run: () => personal.create(request, caller),
      describe: ({ credential }) => ({
        id: credential.id,
        expiresAt: credential.expiresAt,
      }),
    });
    // Not for the cache of a browser nor of a proxy
    res.set('cache-control', 'no-store').status(201).json(created);
  });

  router.post('/credentials/:id/revoke', async (req, res) => {
    const caller = await callerOf(req);
    const { reason } = parse(revokeSchema, req.body ?? {});
    const { id } = req.params;
    res.json(
      await audited({
        auditor,
        eventId: 'credential-revoke',
        request: req,
        meta: { id: id.slice(0, 100), reason },
        run: () => personal.revoke({ id, reason }, caller),
      }),
    );
  });

  async function callerOf(req: express.Request): Promise<{
    ref: string;
    credentials: BackstageCredentials<
      BackstageUserPrincipal | BackstageServicePrincipal
    >;
  }> {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { principal } = credentials;
    return {
      credentials,
      ref:
        principal.type === 'user' ? principal.userEntityRef : principal.subject,
    };
  }

  return router;
}
