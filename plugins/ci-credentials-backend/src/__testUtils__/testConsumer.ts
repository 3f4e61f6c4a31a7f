import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import express from 'express';
import Router from 'express-promise-router';

const allowed = createPermission({ name: 'reports.push', attributes: {} });
const forbidden = createPermission({ name: 'reports.wipe', attributes: {} });

/**
 * A plugin that takes reports from pipelines, and from nobody else.
 *
 * @param pluginId - of it
 * @param kept - what it has taken
 */
export function testConsumer(pluginId: string, kept: string[]) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          ciCredentials: ciCredentialsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
        },
        async init({ ciCredentials, httpAuth, httpRouter, permissions }) {
          const router = Router();
          router.use(express.json());
          for (const [path, permission] of [
            ['/reports', allowed],
            ['/wipes', forbidden],
          ] as const) {
            router.post(path, async (req, res) => {
              const credentials = await httpAuth.credentials(req);
              const [decision] = await permissions.authorize([{ permission }], {
                credentials,
              });
              if (decision.result !== AuthorizeResult.ALLOW) {
                throw new NotAllowedError('The token may not do that');
              }
              const pipeline = await ciCredentials.authorize(credentials, {
                entityRefs: req.body.entityRefs,
                source: req.body.source,
              });
              if (!pipeline) {
                throw new NotAllowedError('This is for pipelines');
              }
              kept.push(pipeline.subject);
              res.status(201).json(pipeline);
            });
          }
          httpRouter.use(router);
        },
      });
    },
  });
}
