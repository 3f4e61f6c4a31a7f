import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { githubAuthenticator } from '@backstage/plugin-auth-backend-module-github-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { createCatalogUserResolver } from './createCatalogUserResolver';

/**
 * The provider `github` of `auth-backend-module-github-provider`, with one fixed
 * way to tell who somebody is: the user of the catalog who carries the id of the
 * GitHub account.
 *
 * @public
 */
export const authModuleGithubCatalogUser = createBackendModule({
  pluginId: 'auth',
  moduleId: 'github-catalog-user',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, logger, providers }) {
        providers.registerProvider({
          providerId: 'github',
          factory: createOAuthProviderFactory({
            authenticator: githubAuthenticator,
            signInResolver: createCatalogUserResolver({
              auth,
              catalog,
              help: config.getOptionalString('auth.signIn.help'),
              logger,
            }),
          }),
        });
      },
    });
  },
});
