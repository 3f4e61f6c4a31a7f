import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import searchModuleCatalog from '@backstage/plugin-search-backend-module-catalog';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import type {
  IndexableDocument,
  SearchResultSet,
} from '@backstage/plugin-search-common';
import {
  closingDatabaseServiceFactory,
  testDatabase,
} from '@waymark/backend-test-support';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import searchModuleRanking from '..';

/** A search backend over a catalog that tests can change. */
export interface Search {
  entities: Entity[];
  /** What only the others may see. */
  hidden: Set<string>;
  query(
    term: string,
    more?: Record<string, string>,
  ): Promise<SearchResultSet & { numberOfResults?: number }>;
  /** Names of the results, in order. */
  names(term: string, more?: Record<string, string>): Promise<string[]>;
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startSearch(options: {
  databases: TestDatabases;
  id: TestDatabaseId;
  entities: Entity[];
  pages: IndexableDocument[];
}): Promise<Search> {
  const { databases, id, pages } = options;
  const directory = await mkdtemp(join(tmpdir(), 'search-'));
  const { config: database } = await testDatabase({
    directory,
    ...(id === 'SQLITE_3' ? {} : { on: { databases, id } }),
  });
  const hidden = new Set<string>();
  const search = { entities: options.entities };

  const schedule = {
    frequency: { hours: 1 },
    initialDelay: { hours: 1 },
    timeout: { minutes: 1 },
    scope: 'local',
  };
  const backend = await startTestBackend({
    features: [
      searchPlugin,
      searchModuleCatalog,
      searchModuleRanking,
      docsCollator(pages),
      closingDatabaseServiceFactory,
      schedulerServiceFactory,
      catalogServiceMock.mock({
        queryEntities: (...args) =>
          catalogServiceMock({ entities: search.entities }).queryEntities(
            ...args,
          ),
      }).factory,
      mockServices.permissions.mock({
        async authorizeConditional(requests) {
          return requests.map(({ permission }) =>
            hidden.size === 0
              ? { result: AuthorizeResult.ALLOW }
              : {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'catalog',
                  resourceType: permission.resourceType,
                  conditions: {
                    rule: 'visible',
                    resourceType: permission.resourceType,
                    params: {},
                  },
                },
          );
        },
        async authorize(requests) {
          return requests.map(({ resourceRef }) => ({
            result:
              resourceRef && hidden.has(resourceRef)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }));
        },
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { database },
          permission: { enabled: true },
          search: { collators: { catalog: { schedule } } },
        },
      }),
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}/api/search`;
  const get = async (path: string) => {
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    if (!response.ok) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
    return response.json();
  };

  return Object.assign(search, {
    hidden,
    query: (term: string, more: Record<string, string> = {}) =>
      get(`/query?${new URLSearchParams({ term, ...more })}`),
    async names(term: string, more?: Record<string, string>) {
      const { results }: SearchResultSet = await this.query(term, more);
      return results.map(({ document }) =>
        document.location.replace(
          /^\/(catalog|docs)\/default\/(component\/)?/,
          '',
        ),
      );
    },
    isReady: async () => (await get('/index')).isReady,
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  });
}

/** Documentation that is simply there. */
function docsCollator(pages: IndexableDocument[]) {
  return createBackendModule({
    pluginId: 'search',
    moduleId: 'docs-of-the-test',
    register(env) {
      env.registerInit({
        deps: {
          indexes: searchIndexRegistryExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ indexes, scheduler }) {
          indexes.addCollator({
            schedule: scheduler.createScheduledTaskRunner({
              frequency: { hours: 1 },
              timeout: { minutes: 1 },
              scope: 'local',
            }),
            factory: {
              type: 'techdocs',
              visibilityPermission: catalogEntityReadPermission,
              getCollator: async () =>
                Readable.from(pages.map(page => ({ ...page }))),
            },
          });
        },
      });
    },
  });
}
