import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  AuthService,
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogProcessingExtensionPoint,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import permission from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { JsonObject } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  eventually,
  headerSignIn,
  OpenApiDocument,
  signInByHeader,
  testDatabase,
} from '@waymark/backend-test-support';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- beside it, in the backend of the test
import ciCredentials from '@waymark/plugin-ci-credentials-backend';
import ciCredentialsHandler from '@waymark/plugin-ci-credentials-node';
import goldenPaths from '..';
import { databases } from './databases';
import { Github } from './startGithub';

/**
 * Owners do everything, others see; Adaeze does everything, and the stranger sees only
 * the catalog.
 */
const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'policy-of-the-test',
  register(env) {
    env.registerInit({
      deps: { point: policyExtensionPoint },
      async init({ point }) {
        point.setPolicy({
          async handle({ permission: asked }, user) {
            const isStranger =
              user?.info.userEntityRef === 'user:default/stranger';
            if (user?.info.userEntityRef === 'user:default/adaeze') {
              return { result: AuthorizeResult.ALLOW };
            }
            if (!isResourcePermission(asked, 'catalog-entity')) {
              return {
                result: isStranger
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
              };
            }
            if (asked.attributes.action === 'read') {
              return {
                result:
                  isStranger && asked.name.startsWith('golden-paths.')
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
              };
            }
            return createCatalogConditionalDecision(
              asked,
              catalogConditions.isEntityOwner({
                claims: user?.info.ownershipEntityRefs ?? [],
              }),
            );
          },
        });
      },
    });
  },
});

const PEOPLE = ['maren', 'joel', 'adaeze', 'stranger'];
const user = (name: string) =>
  JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: { memberOf: [] },
  });
const component = (
  name: string,
  owner: string,
  annotations: Record<string, string> = {},
) =>
  JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
  });

/** As discovery puts a repository into the catalog. */
const found = (githubUrl: string) =>
  createBackendModule({
    pluginId: 'catalog',
    moduleId: 'found-by-the-test',
    register(env) {
      env.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          const target = `${githubUrl}/acme/paid/blob/main/catalog-info.yaml`;
          const paid = component('paid', 'user:default/maren', {
            [ANNOTATION_LOCATION]: `url:${target}`,
            [ANNOTATION_ORIGIN_LOCATION]: `url:${target}`,
          });
          processing.addEntityProvider({
            getProviderName: () => 'found-by-the-test',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: [
                  locationSpecToLocationEntity({
                    location: { type: 'url', target },
                  }),
                  JSON.parse(paid),
                ].map(entity => ({ entity, locationKey: 'found' })),
              }),
          });
        },
      });
    },
  });

export type Intake = Awaited<ReturnType<typeof startIntake>>;

/**
 * The plugin beside the real catalog, permission framework and CI credentials.
 * Maren owns `ledger` and `billing`, Joel owns `search`.
 *
 * @param scene - `github`: where Maren's `paid` was read from the repository
 * acme/paid, which Joel's `search` claims for itself
 */
export async function startIntake(
  id: Parameters<typeof databases.init>[0],
  scene: {
    github?: Github;
    pipelinesMay?: string;
    goldenPathsConfig?: JsonObject;
  } = {},
) {
  const {
    github,
    pipelinesMay = 'golden-paths.event.push',
    goldenPathsConfig,
  } = scene;
  let runner: AuthService;
  const directory = await mkdtemp(join(tmpdir(), 'golden-paths-test-'));
  const { config: database } = await testDatabase({
    on: { databases, id },
    directory,
  });
  const file = join(directory, 'entities.yaml');
  await writeFile(
    file,
    [
      component('ledger', 'user:default/maren'),
      component('billing', 'user:default/maren'),
      component('search', 'user:default/joel', {
        [ANNOTATION_SOURCE_LOCATION]: `url:${github?.url}/acme/paid/`,
      }),
      ...PEOPLE.map(user),
    ].join('\n---\n'),
  );

  const openApi = await OpenApiDocument.read({
    packageName: '@waymark/plugin-golden-paths-backend',
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
                    { plugin: 'golden-paths', permission: pipelinesMay },
                  ],
                },
              ],
            },
          },
          catalog: {
            rules: [{ allow: ['Component', 'User'] }],
            locations: [{ type: 'file', target: file }],
          },
          permission: { enabled: true },
          events: { useEventBus: 'never' },
          goldenPaths: {
            events: { maxBytes: 10_000, maxBatchBytes: 2_000_000 },
            observers: [{ source: 'https://cd.example' }],
            ...goldenPathsConfig,
          },
          ...(github && {
            ciCredentials: {
              github: [
                {
                  host: github.host,
                  issuer: github.oidc.issuer,
                  audience: github.oidc.audience,
                },
              ],
            },
          }),
        },
      }),
      closingDatabaseServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      auth,
      headerSignIn(),
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      eventsServiceFactory,
      schedulerServiceFactory,
      catalog,
      permission,
      policy,
      ciCredentials,
      ciCredentialsHandler,
      goldenPaths,
      createBackendPlugin({
        pluginId: 'runner',
        register(env) {
          env.registerInit({
            deps: { auth: coreServices.auth },
            async init({ auth: own }) {
              runner = own;
            },
          });
        },
      }),
      ...(github ? [found(github.url)] : []),
    ],
  });
  const address = `http://localhost:${backend.server.port()}`;

  const tokens = new Map<string, string>();

  async function call(
    path: string,
    options: {
      user?: string;
      authorization?: string;
      body?: unknown;
      contentType?: string;
      headers?: Record<string, string>;
    } = {},
  ) {
    const { body, contentType } = options;
    const token = options.user && tokens.get(options.user);
    const authorization = options.authorization ?? (token && `Bearer ${token}`);
    const headers: Record<string, string> = authorization
      ? { authorization }
      : {};
    Object.assign(headers, options.headers);
    if (body !== undefined) {
      headers['content-type'] = contentType ?? 'application/cloudevents+json';
    }
    const response = await fetch(`${address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? body
          : JSON.stringify(body),
    });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : {};
    const [, route] = /^\/api\/golden-paths(\/[^?]*)/.exec(path) ?? [];
    if (route) {
      openApi.check({
        method: body === undefined ? 'GET' : 'POST',
        path: route,
        status: response.status,
        contentType: response.headers.get('content-type'),
        body: answer,
      });
    }
    return {
      status: response.status,
      body: answer,
      message: answer.error?.message as string | undefined,
    };
  }

  for (const person of PEOPLE) {
    await eventually(`${person} can sign in`, async () => {
      const token = await signInByHeader(address, person);
      return token && tokens.set(person, token);
    });
  }
  await eventually('the catalog is filled', async () => {
    const { body } = await call('/api/catalog/entities', { user: 'maren' });
    return body.length >= 3 + PEOPLE.length + (github ? 1 : 0);
  });

  return {
    call,
    /** How another plugin of the backend authorizes itself. */
    async asPlugin(): Promise<string> {
      const { token } = await runner.getPluginRequestToken({
        onBehalfOf: await runner.getOwnServiceCredentials(),
        targetPluginId: 'golden-paths',
      });
      return `Bearer ${token}`;
    },
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
