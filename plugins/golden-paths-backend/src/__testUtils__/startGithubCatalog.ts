import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  AuthService,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import catalog from '@backstage/plugin-catalog-backend';
import github from '@backstage/plugin-catalog-backend-module-github';
import githubOrg from '@backstage/plugin-catalog-backend-module-github-org';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  CatalogScmEventsService,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';
import eventsBackend from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  eventually,
  testDatabase,
} from '@waymark/backend-test-support';
import githubArrivals from '@waymark/plugin-catalog-backend-module-github-arrivals';
import goldenPaths from '..';
import { databases } from './databases';
import { Github } from './startGithub';
import { SECRET } from './webhook';

const HOURLY = { frequency: { hours: 1 }, timeout: { minutes: 5 } };

/**
 * The catalog with everything that brings GitHub into it. Schedules are too
 * slow to help: what is seen soon came through an event.
 */
export async function startGithubCatalog(options: {
  id: Parameters<typeof databases.init>[0];
  github: Github;
  organization: string;
  /** How the portal signs in to GitHub. */
  access: 'token' | 'app';
  provider?: JsonObject;
}) {
  const { id, organization, access, provider } = options;
  const { app, host, apiUrl, token, url: githubUrl } = options.github;
  const directory = await mkdtemp(join(tmpdir(), 'golden-paths-test-'));
  const { config: database } = await testDatabase({
    on: { databases, id },
    directory,
  });
  let deps: {
    auth: AuthService;
    catalogService: CatalogService;
    scmEvents: CatalogScmEventsService;
  };

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: { database },
          integrations: {
            github: [
              {
                host,
                apiBaseUrl: apiUrl,
                ...(access === 'token' ? { token } : { apps: [app] }),
              },
            ],
          },
          // Stopping waits for those who wait for events
          events: { notifyTimeoutMs: 500 },
          goldenPaths: { webhooks: { github: { secrets: [SECRET] } } },
          catalog: {
            rules: [{ allow: ['Component', 'API', 'Location'] }],
            providers: {
              github: {
                main: {
                  host,
                  organization,
                  validateLocationsExist: true,
                  schedule: HOURLY,
                  ...provider,
                },
              },
              githubOrg: {
                id: 'main',
                githubUrl,
                orgs: [organization],
                schedule: HOURLY,
              },
            },
            scmEvents: { refresh: true },
            processingInterval: { hours: 1 },
            stitchingStrategy: { pollingInterval: { milliseconds: 200 } },
          },
        },
      }),
      closingDatabaseServiceFactory,
      eventsServiceFactory,
      schedulerServiceFactory,
      catalog,
      github,
      githubOrg,
      githubArrivals,
      eventsBackend,
      goldenPaths,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'probe',
        register(env) {
          env.registerInit({
            deps: {
              auth: coreServices.auth,
              catalogService: catalogServiceRef,
              scmEvents: catalogScmEventsServiceRef,
            },
            async init(given) {
              deps = given;
            },
          });
        },
      }),
    ],
  });

  async function entity(ref: string): Promise<Entity | undefined> {
    return deps.catalogService.getEntityByRef(parseEntityRef(ref), {
      credentials: await deps.auth.getOwnServiceCredentials(),
    });
  }

  return {
    entity,
    webhookUrl: `http://localhost:${backend.server.port()}/api/golden-paths/webhooks/github`,
    /** Waits until an entity is there, and is as it should be. */
    seen: (ref: string, matches: (found: Entity) => boolean = () => true) =>
      eventually(`${ref} is in the catalog`, async () => {
        const found = await entity(ref);
        return found && matches(found) && found;
      }),
    async has(kind: string): Promise<boolean> {
      const { items } = await deps.catalogService.getEntities(
        { filter: { kind }, fields: ['kind'] },
        { credentials: await deps.auth.getOwnServiceCredentials() },
      );
      return items.length > 0;
    },
    gone: (ref: string) =>
      eventually(
        `${ref} is not in the catalog`,
        async () => !(await entity(ref)),
      ),
    publish: (...events: Parameters<CatalogScmEventsService['publish']>[0]) =>
      deps.scmEvents.publish(events),
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
