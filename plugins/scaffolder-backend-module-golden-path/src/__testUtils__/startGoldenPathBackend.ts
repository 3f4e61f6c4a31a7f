import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import catalog from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import workspaceDatabase from '@backstage/plugin-scaffolder-backend-module-workspace-database';
import { JsonObject } from '@backstage/types';
import { testDatabase, writeTree } from '@waymark/backend-test-support';
import catalogForge from '@waymark/plugin-catalog-backend-module-forge';
// The forge stands for any host, and no part of this module is in it
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import forge from '@waymark/plugin-forge-backend';
import goldenPath from '../index';
import { FaultyProxy } from './FaultyProxy';
import { portalClient } from './portalClient';
import { organizationFiles, templateFiles, templatesOf } from './templateFiles';
import { proposalTemplate } from './proposalTemplate';

/** Long and unlike anything else, so that it can be searched for. */
export const FORGE_PASSWORD = 'correct-horse-battery-staple-4711';

export type GoldenPathBackend = Awaited<
  ReturnType<typeof startGoldenPathBackend>
>;

/** The real scaffolder, catalog and forge, in one process behind one address. */
export async function startGoldenPathBackend(
  options: {
    features?: BackendFeature[];
    organizations?: string[];
    goldenPath?: (host: string) => JsonObject;
    /** Further templates and layers. */
    files?: Record<string, string | Buffer>;
    /** Default: SQLite. */
    on?: { databases: TestDatabases; id: TestDatabaseId };
    /** Default: one that runs its tasks when they are due. */
    scheduler?: BackendFeature;
  } = {},
) {
  const directory = await mkdtemp(join(tmpdir(), 'golden-path-test-'));
  const database = await testDatabase({ on: options.on, directory });
  await mkdir(join(directory, 'work'));
  await writeTree(directory, {
    ...templateFiles,
    ...proposalTemplate,
    ...organizationFiles,
    ...options.files,
  });

  const proxy = await FaultyProxy.start();
  const baseUrl = `http://localhost:${proxy.port}`;
  const forgeUrl = `${baseUrl}/api/forge`;

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl },
          backend: {
            baseUrl,
            listen: { port: proxy.port, host: 'localhost' },
            database: database.config,
            workingDirectory: join(directory, 'work'),
            reading: { allow: [{ host: `localhost:${proxy.port}` }] },
          },
          forge: {
            directory: join(directory, 'repositories'),
            password: FORGE_PASSWORD,
            organizations: options.organizations ?? ['payments'],
          },
          integrations: {
            gitea: [
              {
                host: `localhost:${proxy.port}`,
                baseUrl: forgeUrl,
                username: 'waymark',
                password: FORGE_PASSWORD,
              },
            ],
          },
          scaffolder: {
            defaultAuthor: { name: 'Way Mark', email: 'way@mark.example' },
            taskRecovery: {
              enabled: true,
              workspaceProvider: 'database',
              staleTimeout: { seconds: 15 },
            },
            goldenPath: options.goldenPath?.(`localhost:${proxy.port}`) ?? {},
          },
          catalog: {
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
            rules: [
              {
                allow: [
                  'API',
                  'Component',
                  'Location',
                  'Group',
                  'System',
                  'Template',
                ],
              },
            ],
            locations: [
              { type: 'file', target: join(directory, 'organization.yaml') },
              {
                type: 'file',
                target: join(directory, 'templates/demo/template.yaml'),
              },
              {
                type: 'file',
                target: join(directory, 'templates/propose/template.yaml'),
              },
              ...templatesOf(options.files).map(file => ({
                type: 'file',
                target: join(directory, file),
              })),
            ],
            providers: { forge: { main: { host: `localhost:${proxy.port}` } } },
            scmEvents: { refresh: true },
          },
        },
      }),
      discoveryServiceFactory,
      // No run is overlooked for ever
      options.scheduler ?? schedulerServiceFactory,
      catalog,
      scaffolderEntityModel,
      catalogForge,
      forge,
      scaffolder,
      workspaceDatabase,
      goldenPath,
      ...(options.features ?? []),
    ],
  });
  proxy.forwardTo(backend.server.port());

  const portal = portalClient(baseUrl);
  for (const ref of [
    'template:default/demo',
    'template:default/propose',
    'system:default/shop',
    'component:default/taken-component',
    'api:default/taken-api',
  ]) {
    await portal.until(`${ref} is there`, () => portal.entity(ref));
  }

  return {
    directory,
    database,
    baseUrl,
    forgeUrl,
    host: `localhost:${proxy.port}`,
    proxy,
    ...portal,

    /** The forge's REST, as its administrator. */
    async forge(path: string, init: RequestInit = {}): Promise<Response> {
      return fetch(`${forgeUrl}/api/v1${path}`, {
        ...init,
        headers: {
          authorization: `Basic ${Buffer.from(
            `waymark:${FORGE_PASSWORD}`,
          ).toString('base64')}`,
          ...(init.body ? { 'content-type': 'application/json' } : {}),
        },
      });
    },

    async stop(): Promise<void> {
      await backend.stop();
      await proxy.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
