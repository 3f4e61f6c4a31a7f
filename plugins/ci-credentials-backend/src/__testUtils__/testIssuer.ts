import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  CiCredentialsService,
  ciCredentialsServiceRef,
} from '@waymark/plugin-ci-credentials-node';
import {
  CatalogScmEventsService,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';

/** What a plugin of the portal can reach. */
export class PluginHands {
  ciCredentials!: CiCredentialsService;
  events!: CatalogScmEventsService;
  /** A token with which the plugin calls the CI credentials backend. */
  requestToken!: () => Promise<string>;
}

/** A plugin with a given id, whose services the test uses. */
export function testIssuer(pluginId: string, hands: PluginHands) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          ciCredentials: ciCredentialsServiceRef,
          events: catalogScmEventsServiceRef,
        },
        async init({ auth, ciCredentials, events }) {
          hands.ciCredentials = ciCredentials;
          hands.events = events;
          hands.requestToken = async () => {
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: await auth.getOwnServiceCredentials(),
              targetPluginId: 'ci-credentials',
            });
            return token;
          };
        },
      });
    },
  });
}
