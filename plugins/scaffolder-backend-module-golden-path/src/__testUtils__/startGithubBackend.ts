import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockServices,
  startTestBackend,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import catalog from '@backstage/plugin-catalog-backend';
import catalogGithub from '@backstage/plugin-catalog-backend-module-github';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import workspaceDatabase from '@backstage/plugin-scaffolder-backend-module-workspace-database';
import { JsonObject } from '@backstage/types';
import {
  startGithub,
  testDatabase,
  writeTree,
} from '@waymark/backend-test-support';
import goldenPath from '../index';
import { FaultyProxy } from './FaultyProxy';
import { portalClient } from './portalClient';
import { proposalTemplate } from './proposalTemplate';
import { organizationFiles, templateFiles, templatesOf } from './templateFiles';

export const ORGANIZATION = 'acme-rail';

export type GithubBackend = Awaited<ReturnType<typeof startGithubBackend>>;

/**
 * The real scaffolder and catalog with a GitHub beside them. What the portal
 * asks of its API goes through a proxy that can break it; Git goes straight.
 */
export async function startGithubBackend(options: {
  as: 'token' | 'app';
  on: { databases: TestDatabases; id: TestDatabaseId };
  goldenPath?: JsonObject;
  /** Further templates and layers. */
  files?: Record<string, string | Buffer>;
}) {
  const directory = await mkdtemp(join(tmpdir(), 'golden-path-github-'));
  const database = await testDatabase({ on: options.on, directory });
  await mkdir(join(directory, 'work'));
  await writeTree(directory, {
    ...templateFiles,
    ...proposalTemplate,
    ...organizationFiles,
    ...options.files,
  });

  const github = await startGithub({
    organization: {
      login: ORGANIZATION,
      teams: [
        { name: 'Payments', members: ['ada-weir'] },
        { name: 'Cargo', members: ['ben-okafor'] },
      ],
    },
    users: [
      { login: 'ada-weir', role: 'member' },
      { login: 'ben-okafor', role: 'member' },
    ],
  });
  const proxy = await FaultyProxy.start();
  proxy.forwardTo(Number(new URL(github.url).port));
  const { appId, clientId, clientSecret, privateKey, webhookSecret } =
    github.app;

  // The portal has to know its own address before it listens
  const front = await FaultyProxy.start();
  const baseUrl = `http://localhost:${front.port}`;
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl },
          backend: {
            baseUrl,
            listen: { port: front.port, host: 'localhost' },
            database: database.config,
            workingDirectory: join(directory, 'work'),
          },
          integrations: {
            github: [
              {
                host: github.host,
                apiBaseUrl: `http://localhost:${proxy.port}/api/v3`,
                ...(options.as === 'token'
                  ? { token: github.token }
                  : {
                      apps: [
                        {
                          appId,
                          clientId,
                          clientSecret,
                          privateKey,
                          webhookSecret,
                        },
                      ],
                    }),
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
            goldenPath: {
              host: github.host,
              organization: ORGANIZATION,
              ...options.goldenPath,
            },
          },
          catalog: {
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
            scmEvents: { refresh: true },
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
              'organization.yaml',
              'templates/demo/template.yaml',
              'templates/propose/template.yaml',
              ...templatesOf(options.files),
            ].map(file => ({ type: 'file', target: join(directory, file) })),
            providers: {
              github: {
                main: {
                  host: github.host,
                  organization: ORGANIZATION,
                  schedule: {
                    frequency: { seconds: 1 },
                    timeout: { minutes: 1 },
                  },
                },
              },
            },
          },
        },
      }),
      discoveryServiceFactory,
      // The provider below comes by at its times
      schedulerServiceFactory,
      catalog,
      catalogGithub,
      scaffolderEntityModel,
      scaffolder,
      workspaceDatabase,
      goldenPath,
    ],
  });

  front.forwardTo(backend.server.port());

  const portal = portalClient(baseUrl);
  for (const ref of [
    'template:default/demo',
    'template:default/propose',
    'system:default/shop',
    'component:default/taken-component',
  ]) {
    await portal.until(`${ref} is there`, () => portal.entity(ref));
  }

  return {
    ...portal,
    directory,
    database,
    github,
    proxy,

    /** GitHub's REST, as an owner of the organization. */
    async api(
      path: string,
      init: { method?: string; body?: JsonObject; token?: string } = {},
    ): Promise<{ status: number; body: any }> {
      const { body, token = github.token } = init;
      const response = await fetch(`${github.apiUrl}${path}`, {
        method: init.method,
        headers: { authorization: `Bearer ${token}` },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text ? JSON.parse(text) : undefined,
      };
    },

    async stop(): Promise<void> {
      await backend.stop();
      await front.stop();
      await proxy.stop();
      await github.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
