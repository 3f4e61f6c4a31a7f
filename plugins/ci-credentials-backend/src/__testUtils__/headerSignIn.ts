import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

export const NAME_HEADER = 'x-test-name';

/** Takes a header for a proof; the token is a real one. */
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
            signInResolver: async ({ result }, context) => {
              const sub = `user:default/${result.name}`;
              return context.issueToken({ claims: { sub, ent: [sub] } });
            },
          }),
        });
      },
    });
  },
});
