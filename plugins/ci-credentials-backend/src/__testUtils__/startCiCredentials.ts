import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import permission from '@backstage/plugin-permission-backend';
import { JsonObject } from '@backstage/types';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ciCredentials from '../index';
import { catalogFile, COMPONENT_REFS } from './catalogFile';
import { headerSignIn, NAME_HEADER } from './headerSignIn';
import { RecordingLogger } from './RecordingLogger';
import { DatabaseId, testDatabase } from './testDatabase';
import { testPolicy, testRule } from './testPolicy';

export const GITHUB_HOST = 'github.example';

/**
 * The plugin beside the real catalog, permission framework and sign-in: tokens are
 * signed, and every question goes over HTTP.
 */
export async function startCiCredentials(options: {
  databaseId: DatabaseId;
  config?: JsonObject;
  externalAccess?: JsonObject[];
  features?: BackendFeature[];
  /** The address of the GitHub that entities come from. */
  githubUrl?: string;
}) {
  const directory = await mkdtemp(join(tmpdir(), 'ci-credentials-test-'));
  await mkdir(join(directory, 'db'));
  const file = join(directory, 'entities.yaml');
  await writeFile(
    file,
    catalogFile(options.githubUrl ?? `https://${GITHUB_HOST}`),
  );
  const { config: database, dump } = await testDatabase(
    options.databaseId,
    join(directory, 'db'),
  );
  const logger = new RecordingLogger();

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            baseUrl: 'http://localhost',
            database,
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
      auditorServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      auth,
      headerSignIn,
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
    const response = await fetch(`${address}/api/auth/header/refresh`, {
      headers: { [NAME_HEADER]: name },
    });
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
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

  const deadline = Date.now() + 30_000;
  for (const ref of COMPONENT_REFS) {
    const [, name] = ref.split('/');
    for (;;) {
      const { status, text } = await call(
        `/api/catalog/entities/by-name/component/default/${name}`,
        { user: 'platform' },
      );
      if (status === 200) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error(`Waited in vain for ${ref}: ${status} ${text}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  return {
    address,
    call,
    dump,
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
