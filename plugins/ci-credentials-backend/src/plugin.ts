import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { ciCredentialsPermissions } from '@waymark/plugin-ci-credentials-common';
import Router from 'express-promise-router';
import { readCiCredentialsConfig } from './config/CiCredentialsConfig';
import { IssuedCredentials } from './credentials/IssuedCredentials';
import { PersonalCredentials } from './credentials/PersonalCredentials';
import { DatabaseCredentialStore } from './database/DatabaseCredentialStore';
import { VisibleEntities } from './permissions/VisibleEntities';
import { GithubEntities } from './pipelines/GithubEntities';
import { GithubTokens } from './pipelines/GithubTokens';
import { Pipelines } from './pipelines/Pipelines';
import { createPluginRouter } from './service/createPluginRouter';
import { createRouter } from './service/createRouter';
import { jsonBody } from './service/jsonBody';
import { revokeWithRepository } from './tasks/revokeWithRepository';
import { schedulePurge } from './tasks/schedulePurge';

/**
 * Credentials with which pipelines speak to the portal: tokens bound to entities,
 * which expire and can be revoked, and GitHub Actions without any token.
 *
 * @public
 */
export const ciCredentialsPlugin = createBackendPlugin({
  pluginId: 'ci-credentials',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        events: catalogScmEventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init({
        auditor,
        auth,
        catalog,
        database,
        events,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        rootConfig,
        scheduler,
      }) {
        const config = readCiCredentialsConfig(rootConfig);
        const store = await DatabaseCredentialStore.create({ database });
        const issued = new IssuedCredentials({ config, store });
        const visibleEntities = new VisibleEntities({
          catalog,
          permissions,
          store,
        });
        const pipelines = new Pipelines({
          githubEntities: new GithubEntities({
            auth,
            catalog,
            isOnlyHost: config.github.length === 1,
          }),
          githubHosts: config.github,
          githubTokens: new GithubTokens({ hosts: config.github }),
          logger,
          store,
        });

        permissionsRegistry.addPermissions(ciCredentialsPermissions);
        const router = Router();
        router.use(jsonBody());
        router.use(
          createRouter({
            auditor,
            config,
            httpAuth,
            personal: new PersonalCredentials({
              config,
              permissions,
              store,
              visibleEntities,
            }),
          }),
        );
        router.use(
          createPluginRouter({ auditor, config, httpAuth, issued, pipelines }),
        );
        httpRouter.use(router);
        httpRouter.addAuthPolicy({
          path: '/verify',
          allow: 'unauthenticated',
        });

        revokeWithRepository({ events, issued, lifecycle, logger });
        await schedulePurge({
          logger,
          retentionDays: config.retentionDays,
          scheduler,
          store,
        });
      },
    });
  },
});
