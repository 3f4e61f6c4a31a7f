import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { createOpenApiRouter, migrate } from '@waymark/backend-support';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import { forgeRunnerPermissions } from '@waymark/plugin-forge-runner-common';
import { readRunnerConfig } from './config/RunnerConfig';
import { createRunner } from './createRunner';
import { createRouter } from './http/createRouter';
import { startRunner } from './startRunner';

const PACKAGE = '@waymark/plugin-forge-runner-backend';

/**
 * Runs the pipelines of the embedded forge on this machine, and starts their
 * services. Off as long as the configuration has no section `forgeRunner`.
 *
 * @public
 */
export const forgeRunnerPlugin = createBackendPlugin({
  pluginId: 'forge-runner',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        ciCredentials: ciCredentialsServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: catalogScmEventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
      },
      async init({ database, httpRouter, permissionsRegistry, ...deps }) {
        const config = readRunnerConfig(deps.rootConfig);
        permissionsRegistry.addPermissions(forgeRunnerPermissions);
        httpRouter.use(createOpenApiRouter({ packageName: PACKAGE }));
        if (!config) {
          deps.logger.info(
            'Off, since there is no section "forgeRunner" in the config',
          );
          return;
        }
        const knex = await migrate(database, { packageName: PACKAGE });
        const runner = await createRunner({ ...deps, config, knex });
        httpRouter.use(createRouter({ ...deps, ...runner }));
        startRunner({ ...deps, runner });
      },
    });
  },
});
