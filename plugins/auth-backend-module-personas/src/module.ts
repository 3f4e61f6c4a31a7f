import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { createPersonaFactory } from './createPersonaFactory';
import { createRouter } from './createRouter';
import { readPersonas } from './Persona';
import { refuseOutsideDevelopment } from './refuseOutsideDevelopment';

/**
 * Sign-in as one of the sample people of `auth.providers.personas`, without a
 * password. Does nothing without that section, and refuses to start with it
 * outside development.
 *
 * @public
 */
export const authModulePersonas = createBackendModule({
  pluginId: 'auth',
  moduleId: 'personas',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, providers }) {
        if (!config.has('auth.providers.personas')) {
          return;
        }
        refuseOutsideDevelopment(config);

        const personas = readPersonas(config);
        providers.registerProvider({
          providerId: 'personas',
          factory: createPersonaFactory(personas),
        });
        httpRouter.use(createRouter({ auth, catalog, personas }));
        httpRouter.addAuthPolicy({
          path: '/personas/people',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
