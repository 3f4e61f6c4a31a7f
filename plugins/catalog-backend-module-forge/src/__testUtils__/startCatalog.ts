import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import {
  AuthService,
  BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { parseEntityRef } from '@backstage/catalog-model';
import { AlphaEntity } from '@backstage/catalog-model/alpha';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  CatalogScmEvent,
  CatalogScmEventsService,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';
import { JsonObject } from '@backstage/types';
import catalogModuleForge from '..';
import { Relay } from './Relay';

export type TestCatalog = Awaited<ReturnType<typeof startCatalog>>;

/** The real catalog with this module, in a backend of its own. */
export async function startCatalog(options: {
  /** The host to read; without one, the forge in the same backend. */
  forge?: { host: string; baseUrl: string };
  provider?: JsonObject;
  config?: JsonObject;
  features?: BackendFeature[];
}) {
  const { provider, config, features = [] } = options;
  const relay = await Relay.start();
  const url = `http://${relay.host}`;
  const forge = options.forge ?? {
    host: relay.host,
    baseUrl: `${url}/api/forge`,
  };
  const errors: string[] = [];
  let deps: {
    auth: AuthService;
    catalog: CatalogService;
    events: CatalogScmEventsService;
  };

  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleForge,
      discoveryServiceFactory,
      mockServices.rootConfig.factory({
        data: {
          ...config,
          backend: {
            baseUrl: url,
            listen: { port: Number(new URL(url).port) },
            ...(config?.backend as JsonObject | undefined),
          },
          integrations: {
            gitea: [{ ...forge, username: 'waymark', password: 'secret' }],
          },
          catalog: {
            providers: { forge: { test: { host: forge.host, ...provider } } },
            scmEvents: { refresh: true },
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
          },
        },
      }),
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'probe',
        register(env) {
          env.registerInit({
            deps: {
              auth: coreServices.auth,
              catalog: catalogServiceRef,
              events: catalogScmEventsServiceRef,
              processing: catalogProcessingExtensionPoint,
            },
            async init({ processing, ...rest }) {
              deps = rest;
              processing.setOnProcessingErrorHandler(event => {
                errors.push(...event.errors.map(error => error.message));
              });
            },
          });
        },
      }),
      ...features,
    ],
  });

  relay.open(backend.server.port());

  const credentials = async () => ({
    credentials: await deps.auth.getOwnServiceCredentials(),
  });
  return {
    url,
    /** Messages of all errors of processing so far. */
    errors,
    publish: (...events: CatalogScmEvent[]) => deps.events.publish(events),
    async entity(ref: string): Promise<AlphaEntity | undefined> {
      return deps.catalog.getEntityByRef(
        parseEntityRef(ref),
        await credentials(),
      );
    },
    /** Targets of the Locations of the provider, in order. */
    async targets(): Promise<string[]> {
      const { items } = await deps.catalog.getEntities(
        { filter: { kind: 'Location' } },
        await credentials(),
      );
      return items.map(({ spec }) => String(spec?.target)).sort();
    },
    async names(kind: string): Promise<string[]> {
      const { items } = await deps.catalog.getEntities(
        { filter: { kind } },
        await credentials(),
      );
      return items.map(({ metadata }) => metadata.name).sort();
    },
    async stop() {
      await backend.stop();
      relay.stop();
    },
  };
}
