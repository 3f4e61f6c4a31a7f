import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  mockServices,
  startTestBackend,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import auth from '@backstage/plugin-auth-backend';
import guest from '@backstage/plugin-auth-backend-module-guest-provider';
import catalog from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import permission from '@backstage/plugin-permission-backend';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import search from '@backstage/plugin-search-backend';
import searchCatalog from '@backstage/plugin-search-backend-module-catalog';
import techdocs from '@backstage/plugin-techdocs-backend';
import {
  closingDatabaseServiceFactory,
  eventually,
  headerSignIn,
  signInByHeader,
  testDatabase,
} from '@waymark/backend-test-support';
import scorecardEntities from '@waymark/plugin-catalog-backend-module-scorecards';
import ciCredentials from '@waymark/plugin-ci-credentials-backend';
import ciCredentialsTokens from '@waymark/plugin-ci-credentials-node';
import goldenPaths from '@waymark/plugin-golden-paths-backend';
import goldenPath from '@waymark/plugin-scaffolder-backend-module-golden-path';
import scorecards from '@waymark/plugin-scorecards-backend';
import policy from '../index';
import { Column, PERSONS } from './matrix';
import { organizationYaml, SHOP } from './organization';

/** The source that the pipeline of the component may speak as. */
export const PIPELINE = 'https://ci.example/shop';

export interface Answer {
  status: number;
  body: any;
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

/**
 * The plugins of a portal with permissions on, each the real thing: tokens are
 * signed, users come from the catalog, every question goes over HTTP.
 */
export async function startPortal(options: {
  databases: TestDatabases;
  id: TestDatabaseId;
}) {
  const directory = await mkdtemp(join(tmpdir(), 'policy-test-'));
  const { config: database } = await testDatabase({ on: options, directory });
  const organization = join(directory, 'organization.yaml');
  await writeFile(organization, organizationYaml());

  // The documentation of a template that is kept for a role
  const docs = join(directory, 'docs/default/template/kept');
  await mkdir(docs, { recursive: true });
  await writeFile(join(docs, 'index.html'), '<h1>Kept</h1>');

  const soon = {
    initialDelay: { seconds: 1 },
    frequency: { seconds: 2 },
    timeout: { minutes: 1 },
  };
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            baseUrl: 'http://localhost',
            database,
            workingDirectory: directory,
            auth: {
              externalAccess: [
                {
                  type: 'ci-credentials',
                  options: {},
                  accessRestrictions: [
                    {
                      plugin: 'golden-paths',
                      permission: 'golden-paths.event.push',
                    },
                    {
                      plugin: 'scorecards',
                      permission: 'scorecards.fact.push',
                    },
                  ],
                },
              ],
            },
          },
          auth: {
            environment: 'test',
            providers: { header: {}, guest: {} },
          },
          catalog: {
            rules: [
              {
                allow: [
                  'Component',
                  'Group',
                  'Location',
                  'Scorecard',
                  'Template',
                  'User',
                ],
              },
            ],
            locations: [{ type: 'file', target: organization }],
            stitchingStrategy: { pollingInterval: { milliseconds: 200 } },
          },
          search: { collators: { catalog: { schedule: soon } } },
          techdocs: {
            builder: 'external',
            generator: { runIn: 'local' },
            publisher: {
              type: 'local',
              local: { publishDirectory: join(directory, 'docs') },
            },
          },
          permission: { enabled: true },
        },
      }),
      closingDatabaseServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      schedulerServiceFactory,
      userInfoServiceFactory,
      auth,
      guest,
      headerSignIn(),
      catalog,
      scaffolderEntityModel,
      permission,
      policy,
      scaffolder,
      goldenPath,
      search,
      searchCatalog,
      techdocs,
      ciCredentials,
      ciCredentialsTokens,
      goldenPaths,
      scorecardEntities,
      scorecards,
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}`;
  const tokens = new Map<Column, string>();

  async function call(
    who: Column,
    path: string,
    request: { method?: string; body?: unknown; contentType?: string } = {},
  ): Promise<Answer> {
    const token = tokens.get(who);
    const response = await fetch(`${baseUrl}${path}`, {
      method: request.method ?? (request.body ? 'POST' : 'GET'),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(request.body
          ? { 'content-type': request.contentType ?? 'application/json' }
          : {}),
      },
      body: request.body ? JSON.stringify(request.body) : undefined,
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body:
        text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  }

  const until = <T>(
    what: string,
    look: () => Promise<T | undefined>,
  ): Promise<T> => eventually(what, look, { seconds: 120 });

  for (const person of PERSONS) {
    tokens.set(
      person,
      await until(`${person} signs in`, () => signInByHeader(baseUrl, person)),
    );
  }

  const made = await until(`${SHOP} arrives`, async () => {
    const answer = await call('platform', '/api/ci-credentials/credentials', {
      body: { source: PIPELINE, entityRefs: [SHOP] },
    });
    return answer.status === 201 ? answer : undefined;
  });
  tokens.set('pipeline', made.body.token);

  return {
    baseUrl,
    directory,
    call,
    until,
    async stop(): Promise<void> {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
