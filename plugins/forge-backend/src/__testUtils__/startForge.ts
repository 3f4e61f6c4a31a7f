import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { JsonObject } from '@backstage/types';
import { withCredentials } from '@waymark/backend-test-support';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgePlugin } from '../plugin';

const PASSWORD = 'correct horse battery staple';

/** A forge that really runs, what it publishes and complains of, and a folder to work in. */
export async function startForge(options: { forge?: JsonObject } = {}) {
  const scratch = await mkdtemp(join(tmpdir(), 'forge-test-'));
  const directory = join(scratch, 'repositories');
  const events: string[] = [];
  const errors: string[] = [];
  const logger = mockServices.logger.mock({
    child: () => logger,
    error: message => errors.push(message),
  });
  const listener = createBackendPlugin({
    pluginId: 'listener',
    register(env) {
      env.registerInit({
        deps: {
          scmEvents: catalogScmEventsServiceRef,
          lifecycle: coreServices.lifecycle,
        },
        async init({ scmEvents }) {
          scmEvents.subscribe({
            async onEvents(published) {
              for (const event of published) {
                const path = 'url' in event ? new URL(event.url).pathname : '';
                events.push(`${event.type} ${path}`);
              }
            },
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      listener,
      logger.factory,
      forgePlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { title: 'Portal & Co', baseUrl: 'http://portal.example' },
          forge: {
            directory,
            password: PASSWORD,
            organizations: ['extra'],
            ...options.forge,
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'team-a', title: 'Team <A>' },
            spec: { type: 'team', children: [] },
          },
        ],
      }),
    ],
  });
  const origin = `http://localhost:${backend.server.port()}`;
  const address = `${origin}/api/forge`;
  const authorization = `Basic ${Buffer.from(`waymark:${PASSWORD}`).toString(
    'base64',
  )}`;

  /** A request to the forge; with its credentials unless told otherwise. */
  async function request(
    path: string,
    init: RequestInit & { anonymous?: boolean } = {},
  ): Promise<Response> {
    const { anonymous, ...rest } = init;
    return fetch(`${address}${path}`, {
      redirect: 'manual',
      ...rest,
      headers: { ...(!anonymous && { authorization }), ...rest.headers },
    });
  }

  return {
    address,
    origin,
    directory,
    scratch,
    events,
    /** What the log holds of errors. */
    errors,
    authorization,
    password: PASSWORD,
    request,
    /** Creates a repository and gives the address to push to. */
    async createRepository(name: string, org = 'team-a'): Promise<string> {
      const response = await request(`/api/v1/orgs/${org}/repos`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      if (response.status !== 201) {
        throw new Error(await response.text());
      }
      return withCredentials((await response.json()).clone_url, PASSWORD);
    },
    async stop() {
      await backend.stop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

export type TestForge = Awaited<ReturnType<typeof startForge>>;
