import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { createForge } from './createForge';

/**
 * Git hosting inside the portal: bare repositories on disk behind Git's own
 * HTTP server, the part of Gitea's REST API that Backstage uses, and pages. Off
 * as long as the configuration has no section `forge`.
 *
 * @public
 */
export const forgePlugin = createBackendPlugin({
  pluginId: 'forge',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        scmEvents: catalogScmEventsServiceRef,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        rootLifecycle: coreServices.rootLifecycle,
      },
      async init({ httpRouter, ...deps }) {
        if (!deps.config.has('forge')) {
          deps.logger.info(
            'Off, since there is no section "forge" in the config',
          );
          return;
        }
        httpRouter.use(await createForge(deps));
        // Git clients and Gitea's clients know nothing of Backstage's tokens:
        // the forge checks its own credentials
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
