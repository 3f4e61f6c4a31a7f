import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  createServiceMock,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import {
  eventually,
  git,
  withCredentials,
  writeTree,
} from '@waymark/backend-test-support';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- beside it, in the backend of the test
import forge from '@waymark/plugin-forge-backend';
import {
  EntityPipeline,
  ForgeRunnerClient,
  PipelineRun,
} from '@waymark/plugin-forge-runner-common';
import express from 'express';
import { Knex } from 'knex';
import forgeRunner from '..';

const PASSWORD = 'correct horse battery staple';

/** The token that the credentials of the test issue. */
export const TOKEN = 'wmk_ci_test_0123456789abcdef';

/** The beginning of a content that makes a link to what follows. */
export const LINK = 'link:';

/** The component that comes from the repository team/orders. */
export const ORDERS = 'component:default/orders';

/** An event as golden-paths was sent it. */
export interface ReceivedEvent {
  id: string;
  type: string;
  entityref?: string;
  data: {
    context: { chainId: string };
    subject: { id: string; content: JsonObject };
    customData: JsonObject;
  };
}

/** A folder for a portal, which may be started in it more than once. */
export async function makePlace() {
  // Of the system itself: no test of another package is in it
  return realpath(await mkdtemp(join(tmpdir(), 'runner-test-')));
}

/**
 * The plugin beside the real forge, and beside stand-ins for those it speaks with:
 * catalog, golden-paths and credentials.
 */
export async function startRunner(options: {
  knex: Knex;
  /** Of `makePlace`, removed by whoever made it. */
  place: string;
  limits?: JsonObject;
  config?: JsonObject;
}) {
  const { knex, place } = options;
  const events: ReceivedEvent[] = [];
  const facts: (string | undefined)[] = [];
  const state = { isAway: false, mayOperate: true, address: '' };

  const component = (name: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-origin-location':
          name === 'elsewhere'
            ? 'url:https://git.example.com/a/b/catalog-info.yaml'
            : `url:${state.address}/api/forge/team/${name}/src/branch/main/catalog-info.yaml`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team' },
  });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async ref => {
      const { name } = parseEntityRef(String(ref));
      return ['orders', 'elsewhere'].includes(name)
        ? component(name)
        : undefined;
    },
    getEntities: async () => ({ items: [component('orders')] }),
  });

  const issued = { id: 'test', expiresAt: '2999-01-01T00:00:00.000Z' };
  const ciCredentials = createServiceMock(ciCredentialsServiceRef, () => ({
    authorize: jest.fn(),
    getPipeline: jest.fn(),
    issueFor: jest.fn().mockResolvedValue({ credential: issued, token: TOKEN }),
    listIssued: jest.fn().mockResolvedValue({ items: [issued] }),
    revokeFor: jest.fn(),
    settle: jest.fn(),
  }))();

  const standIn = (pluginId: string, handler: express.Handler) =>
    createBackendPlugin({
      pluginId,
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            httpRouter.use(express.json({ type: () => true }));
            httpRouter.use(handler);
            httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          },
        });
      },
    });

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          forge: {
            directory: join(place, 'repositories'),
            password: PASSWORD,
            organizations: ['team'],
          },
          forgeRunner: {
            directory: join(place, 'runner'),
            limits: options.limits ?? {},
            ...options.config,
          },
        },
      }),
      mockServices.database.factory({ knex }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({
            result: state.mayOperate
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          })),
      }).factory,
      catalog.factory,
      ciCredentials.factory,
      forge,
      forgeRunner,
      standIn('golden-paths', (request, response) => {
        if (state.isAway) {
          response.status(503).json({});
          return;
        }
        events.push(request.body);
        response.status(202).json({});
      }),
      standIn('scorecards', (request, response) => {
        facts.push(request.headers.authorization);
        response.json({});
      }),
    ],
  });
  state.address = `http://localhost:${backend.server.port()}`;

  const client = new ForgeRunnerClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${state.address}/api/${pluginId}`,
    },
    fetchApi: { fetch },
  });

  return {
    ...state,
    state,
    client,
    ciCredentials,
    events,
    /** The authorization of each report of facts. */
    facts,
    /** Pushes a commit with these files and nothing else. @returns its id */
    async push(files: Record<string, string>, name = 'orders') {
      await fetch(`${state.address}/api/forge/api/v1/orgs/team/repos`, {
        method: 'POST',
        headers: {
          authorization: `token ${PASSWORD}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name }),
      });
      const copy = await mkdtemp(join(place, 'copy-'));
      const url = withCredentials(
        `${state.address}/api/forge/team/${name}.git`,
        PASSWORD,
      );
      await git(copy, 'init', '--quiet', '--initial-branch=main');
      const isLink = (content: string) => content.startsWith(LINK);
      const entries = Object.entries(files);
      await writeTree(
        copy,
        Object.fromEntries(entries.filter(([, content]) => !isLink(content))),
      );
      for (const [path, content] of entries.filter(each => isLink(each[1]))) {
        await symlink(content.slice(LINK.length), join(copy, path));
      }
      await git(copy, 'add', '--all');
      await git(copy, 'commit', '--quiet', '--message', `Push ${copy}`);
      await git(copy, 'push', '--quiet', '--force', url, 'main');
      const commit = await git(copy, 'rev-parse', 'HEAD');
      await rm(copy, { recursive: true });
      return commit.trim();
    },
    /** Waits for the end of a run. */
    async ended(number: number): Promise<PipelineRun> {
      return eventually(`run ${number} ends`, async () => {
        const run = await client.getRun(ORDERS, number).catch(() => undefined);
        return run && !['waiting', 'running'].includes(run.state) && run;
      });
    },
    /** Waits for a state of the service. */
    async service(
      wanted: EntityPipeline['service']['state'],
    ): Promise<EntityPipeline['service']> {
      return eventually(`the service is ${wanted}`, async () => {
        const { service } = await client.getPipeline(ORDERS);
        return service.state === wanted && service;
      });
    },
    stop: () => backend.stop(),
  };
}

export type TestRunner = Awaited<ReturnType<typeof startRunner>>;
