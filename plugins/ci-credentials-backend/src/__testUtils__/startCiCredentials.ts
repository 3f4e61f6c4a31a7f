import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import permission from '@backstage/plugin-permission-backend';
import { JsonObject } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  eventually,
  headerSignIn,
  signInByHeader,
  testDatabase,
} from '@waymark/backend-test-support';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ciCredentials from '../index';
import { catalogFile, COMPONENT_REFS } from './catalogFile';
import { RecordingLogger } from './RecordingLogger';
import { databases } from './databases';
import { testPolicy, testRule } from './testPolicy';

export const GITHUB_HOST = 'github.example';

/**
 * The plugin beside the real catalog, permission framework and sign-in: tokens are
 * signed, and every question goes over HTTP.
 */
export async function startCiCredentials(options: {
  databaseId: TestDatabaseId;
  config?: JsonObject;
  externalAccess?: JsonObject[];
  features?: BackendFeature[];
  /** The address of the GitHub that entities come from. */
  githubUrl?: string;
}) {
  const directory = await mkdtemp(join(tmpdir(), 'ci-credentials-test-'));
  const file = join(directory, 'entities.yaml');
  await writeFile(
    file,
    catalogFile(options.githubUrl ?? `https://${GITHUB_HOST}`),
  );
  const database = await testDatabase({
    on: { databases, id: options.databaseId },
    directory,
  });
  const logger = new RecordingLogger();

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            baseUrl: 'http://localhost',
            database: database.config,
            auth: { externalAccess: options.externalAccess ?? [] },
          },
          auth: { environment: 'test', providers: { header: {} } },
          catalog: {
            rules: [{ allow: ['Component'] }],
            locations: [{ type: 'file', target: file }],
          },
          permission: { enabled: true },
          ciCredentials: options.config ?? {},
        },
      }),
      logger.factory,
      closingDatabaseServiceFactory,
      auditorServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      auth,
      // Nobody is in the catalog: what people own is their own
      headerSignIn({ strangers: true }),
      catalog,
      permission,
      testRule,
      testPolicy,
      ciCredentials,
      ...(options.features ?? []),
    ],
  });
  const address = `http://localhost:${backend.server.port()}`;

  const tokens = new Map<string, Promise<string>>();
  async function signIn(name: string): Promise<string> {
    const token = await signInByHeader(address, name);
    if (!token) {
      throw new Error(`${name} was not let in`);
    }
    return token;
  }

  /** A request by a person, or with any token. */
  async function call(
    path: string,
    init: { user?: string; token?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: any; text: string }> {
    const { user, body } = init;
    let { token } = init;
    if (user) {
      const signedIn = tokens.get(user) ?? signIn(user);
      tokens.set(user, signedIn);
      token = await signedIn;
    }
    const response = await fetch(`${address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: text ? JSON.parse(text) : undefined,
    };
  }

  for (const ref of COMPONENT_REFS) {
    const [, name] = ref.split('/');
    await eventually(
      `${ref} is in the catalog`,
      async () => {
        const { status } = await call(
          `/api/catalog/entities/by-name/component/default/${name}`,
          { user: 'platform' },
        );
        return status === 200;
      },
      { seconds: 30 },
    );
  }

  return {
    address,
    call,
    database,
    logger,
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type CiCredentialsBackend = Awaited<
  ReturnType<typeof startCiCredentials>
>;
