import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  EventParams,
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import goldenPathsPlugin from '..';
import { SECRET } from './webhook';

/** The plugin in a backend of its own, with somebody who listens. */
export async function startGoldenPaths(options: {
  knex: Knex;
  config?: JsonObject;
  features?: BackendFeature[];
}) {
  const { knex, config, features = [] } = options;
  const heard: EventParams[] = [];

  const backend = await startTestBackend({
    features: [
      goldenPathsPlugin,
      eventsServiceFactory,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: config ?? {
          goldenPaths: { webhooks: { github: { secrets: [SECRET] } } },
        },
      }),
      createBackendModule({
        pluginId: 'golden-paths',
        moduleId: 'listener',
        register(env) {
          env.registerInit({
            deps: { events: eventsServiceRef },
            async init({ events }) {
              await events.subscribe({
                id: 'listener',
                topics: ['github', 'github.push'],
                onEvent: async event => {
                  heard.push(event);
                },
              });
            },
          });
        },
      }),
      ...features,
    ],
  });

  const url = `http://localhost:${backend.server.port()}/api/golden-paths`;
  return {
    url,
    webhookUrl: `${url}/webhooks/github`,
    /** All that was published, in order. */
    heard,
    stop: () => backend.stop(),
  };
}
