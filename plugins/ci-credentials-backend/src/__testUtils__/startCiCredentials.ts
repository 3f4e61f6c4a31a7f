import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalog from '@backstage/plugin-catalog-backend';
import permission from '@backstage/plugin-permission-backend';
import { JsonObject } from '@backstage/types';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ciCredentials from '../index';
import { catalogFile, COMPONENT_REFS } from './catalogFile';
import { RecordingLogger } from './RecordingLogger';
import { DatabaseId, testDatabase } from './testDatabase';
import { testPolicy, testRule } from './testPolicy';

export const GITHUB_HOST = 'github.example';

/** The plugin beside the real catalog and the real permission framework. */
export async function startCiCredentials(options: {
  databaseId: DatabaseId;
  config?: JsonObject;
  externalAccess?: JsonObject[];
  features?: BackendFeature[];
  /** How the catalog is asked until it is filled. */
  catalogAuthorization?: string;
}) {
  const directory = await mkdtemp(join(tmpdir(), 'ci-credentials-test-'));
  await mkdir(join(directory, 'db'));
  const file = join(directory, 'entities.yaml');
  await writeFile(file, catalogFile(GITHUB_HOST));
  const { config: database, dump } = await testDatabase(
    options.databaseId,
    join(directory, 'db'),
  );
  const logger = new RecordingLogger();

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database,
            auth: { externalAccess: options.externalAccess ?? [] },
          },
          catalog: {
            rules: [{ allow: ['Component'] }],
            locations: [{ type: 'file', target: file }],
          },
          permission: { enabled: true },
          ciCredentials: options.config ?? {},
        },
      }),
      logger.factory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      catalog,
      permission,
      testRule,
      testPolicy,
      ciCredentials,
      ...(options.features ?? []),
    ],
  });
  const address = `http://localhost:${backend.server.port()}`;

  async function call(
    path: string,
    init: { user?: string; authorization?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: any; text: string }> {
    const { user, authorization, body } = init;
    const response = await fetch(`${address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(authorization ? { authorization } : {}),
        ...(user
          ? {
              authorization: mockCredentials.user.header(
                `user:default/${user}`,
              ),
            }
          : {}),
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

  const deadline = Date.now() + 20_000;
  for (const ref of COMPONENT_REFS) {
    const [, name] = ref.split('/');
    for (;;) {
      const { status, text } = await call(
        `/api/catalog/entities/by-name/component/default/${name}`,
        {
          authorization:
            options.catalogAuthorization ??
            mockCredentials.user.header('user:default/platform'),
        },
      );
      if (status === 200) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `Waited in vain for ${ref}, last answer ${status} ${text}`,
        );
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
