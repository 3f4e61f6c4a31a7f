import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header with the name of a User in the catalog. */
export const NAME_HEADER = 'x-test-name';

/**
 * Takes a header for a proof and does all the rest as it is done: the User comes
 * from the catalog, with the groups it has there, and gets a real token.
 */
export const headerSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'header-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'header',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => undefined,
              async authenticate({ req }) {
                const name = req.get(NAME_HEADER);
                if (!name) {
                  throw new AuthenticationError('Nobody');
                }
                return { result: { name } };
              },
            }),
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({
                entityRef: { name: result.name },
              }),
          }),
        });
      },
    });
  },
});
