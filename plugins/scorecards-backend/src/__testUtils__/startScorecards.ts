import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import permission from '@backstage/plugin-permission-backend';
import { createDeferred, JsonObject } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  headerSignIn,
  OpenApiDocument,
  signInByHeader,
  testDatabase,
} from '@waymark/backend-test-support';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- beside it, in the backend of the test
import catalogModuleScorecards from '@waymark/plugin-catalog-backend-module-scorecards';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- beside it, in the backend of the test
import ciCredentials from '@waymark/plugin-ci-credentials-backend';
import ciCredentialsHandler from '@waymark/plugin-ci-credentials-node';
import { Knex } from 'knex';
import scorecards from '..';
import { CATALOG_SYNC_TASK } from '../catalog/createCatalogSync';
import { databases } from './databases';
import { TestCatalog, TestEntity } from './TestCatalog';
import { TestClock } from './TestClock';
import { TestPolicy } from './TestPolicy';
import { TestScheduler } from './TestScheduler';

export type Scorecards = Awaited<ReturnType<typeof startScorecards>>;

/** A request to the backend of {@link startScorecards}. */
export interface CallOptions {
  /** Who asks, signed in by name; the User need not be in the catalog. */
  user?: string;
  /** Instead of `user`. */
  token?: string;
  /** Default: GET without a body, else POST. */
  method?: string;
  /** JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * The plugin beside the real catalog, permission framework, sign-in and CI
 * credentials. Tasks of the scheduler run when the test says so.
 */
export async function startScorecards(options: {
  id: Parameters<typeof databases.init>[0];
  /** When it is in the test; default: now. */
  at?: string | number | Date;
  /** In the catalog from the start. */
  entities?: TestEntity[];
  /** Beside what every test has; `scorecards` goes to the plugin. */
  config?: JsonObject;
  /** Such as modules with collectors. */
  features?: BackendFeature[];
}) {
  const { id, at, entities = [], config = {}, features = [] } = options;
  const directory = await mkdtemp(join(tmpdir(), 'scorecards-test-'));
  const { config: database } = await testDatabase({
    on: { databases, id },
    directory,
  });
  const clock = new TestClock();
  if (at !== undefined) {
    clock.set(at);
  }
  const testCatalog = new TestCatalog();
  const policy = new TestPolicy();
  const scheduler = new TestScheduler();
  const knex = createDeferred<Knex>();
  const openApi = await OpenApiDocument.read({
    packageName: '@waymark/plugin-scorecards-backend',
  });

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          auth: { environment: 'test', providers: { header: {} } },
          backend: {
            baseUrl: 'http://localhost',
            database,
            auth: {
              externalAccess: [
                {
                  type: 'ci-credentials',
                  options: {},
                  accessRestrictions: [
                    {
                      plugin: 'scorecards',
                      permission: 'scorecards.fact.push',
                    },
                  ],
                },
              ],
            },
          },
          catalog: {
            processingInterval: { hours: 1 },
            rules: [
              {
                allow: [
                  'API',
                  'Component',
                  'Domain',
                  'Group',
                  'Location',
                  'Resource',
                  'Scorecard',
                  'System',
                  'User',
                ],
              },
            ],
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
          },
          permission: { enabled: true },
          events: { useEventBus: 'never' },
          ...config,
        },
      }),
      closingDatabaseServiceFactory,
      auditorServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      eventsServiceFactory,
      scheduler.factory,
      auth,
      // What people own comes from their User in the catalog, if there is one
      headerSignIn({ strangers: true }),
      catalog,
      catalogModuleScorecards,
      testCatalog.feature,
      permission,
      policy.feature,
      ciCredentials,
      ciCredentialsHandler,
      clock.factory,
      scorecards,
      createBackendModule({
        pluginId: 'scorecards',
        moduleId: 'database-of-the-test',
        register(env) {
          env.registerInit({
            deps: { service: coreServices.database },
            async init({ service }) {
              knex.resolve(await service.getClient());
            },
          });
        },
      }),
      ...features,
    ],
  });
  const address = `http://localhost:${backend.server.port()}`;

  const tokens = new Map<string, Promise<string | undefined>>();
  function tokenOf(user: string) {
    const token = tokens.get(user) ?? signInByHeader(address, user);
    tokens.set(user, token);
    return token;
  }

  /**
   * What the plugin answers has to be as its OpenAPI document says.
   *
   * @param path - `/facts` is one of the plugin, `/api/catalog/…` of another
   */
  async function call(path: string, request: CallOptions = {}) {
    const {
      user,
      body,
      method = body === undefined ? 'GET' : 'POST',
    } = request;
    const token = user ? await tokenOf(user) : request.token;
    const response = await fetch(
      `${address}${path.startsWith('/api/') ? '' : '/api/scorecards'}${path}`,
      {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...request.headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      },
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer = isJson ? JSON.parse(text) : undefined;
    if (!path.startsWith('/api/')) {
      openApi.check({
        method,
        path: path.split('?')[0],
        status: response.status,
        contentType: response.headers.get('content-type'),
        body: answer,
      });
    }
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: answer,
      message: answer?.error?.message as string | undefined,
    };
  }

  const changingCatalog =
    <T extends unknown[]>(change: (...values: T) => Promise<void>) =>
    async (...values: T) => {
      await change(...values);
      await scheduler.run(CATALOG_SYNC_TASK);
    };

  if (entities.length > 0) {
    await testCatalog.set(entities);
    await scheduler.run(CATALOG_SYNC_TASK);
  }

  return {
    address,
    call,
    /** For who signs in by that name. */
    tokenOf,
    clock,
    policy,
    /** Runs a task of the scheduler and waits for its end. */
    run: (task: string) => scheduler.run(task),
    /** The database of the plugin. */
    knex: await knex,
    /** Each returns when the catalog shows the change and the plugin has seen it. */
    catalog: {
      searchKeys: (ref: string) => testCatalog.searchKeys(ref),
      set: changingCatalog((wanted: TestEntity[]) => testCatalog.set(wanted)),
      put: changingCatalog((...wanted: TestEntity[]) =>
        testCatalog.put(...wanted),
      ),
      /** As long as the plugin has not looked again. */
      putUnseen: (...wanted: TestEntity[]) => testCatalog.put(...wanted),
      remove: changingCatalog((...refs: string[]) =>
        testCatalog.remove(...refs),
      ),
    },
    /** A token with which a pipeline may speak for entities that the user owns. */
    async pipelineToken(credential: {
      user: string;
      source: string;
      entityRefs: string[];
    }): Promise<string> {
      const { user, ...wanted } = credential;
      const { status, body, text } = await call(
        '/api/ci-credentials/credentials',
        { user, body: { ...wanted, description: 'For a test' } },
      );
      if (status !== 201) {
        throw new Error(`No credential: ${text}`);
      }
      return body.token;
    },
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
