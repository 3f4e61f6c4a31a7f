import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

const NAME_HEADER = 'x-test-name';

/**
 * Takes a header for a proof and does all the rest as it is done: the User comes
 * from the catalog, with the groups it has there, and gets a real token. Needs
 * `header: {}` under `auth.providers`.
 *
 * @internal
 */
export function headerSignIn(
  options: {
    /** Lets people in who are not in the catalog; they own only themselves. */
    strangers?: boolean;
  } = {},
) {
  return createBackendModule({
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
              signInResolver: ({ result: { name } }, context) =>
                context.signInWithCatalogUser(
                  { entityRef: { name } },
                  options.strangers
                    ? { dangerousEntityRefFallback: { entityRef: { name } } }
                    : undefined,
                ),
            }),
          });
        },
      });
    },
  });
}

/**
 * Signs in as the User of that name in the namespace `default`.
 *
 * @param baseUrl - of a backend with {@link headerSignIn}
 * @returns the token, or `undefined` while it is refused
 * @internal
 */
export async function signInByHeader(
  baseUrl: string,
  name: string,
): Promise<string | undefined> {
  const response = await fetch(`${baseUrl}/api/auth/header/refresh`, {
    headers: { [NAME_HEADER]: name },
  });
  const { backstageIdentity } = await response.json();
  return response.ok ? backstageIdentity.token : undefined;
}
