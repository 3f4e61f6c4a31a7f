import { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { LifecycleService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import { ComponentSources } from '../propose/ComponentSources';
import { readRepositoryUrl } from '../hosts/readRepositoryUrl';
import { UpgradePreviews } from '../upgrade/UpgradePreviews';
import { createUpgradesRouter } from './createUpgradesRouter';

jest.setTimeout(60_000);

type Options = ConstructorParameters<typeof UpgradePreviews>[0];

const HOST = 'https://git.example.com';
const SOURCE = `url:${HOST}/a/a/src/branch/main/`;
const READER = mockCredentials.user('user:default/reader');

function component(name: string, describedIn: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/source-location': SOURCE,
        'backstage.io/managed-by-location': `url:${HOST}/${describedIn}/src/branch/main/catalog-info.yaml`,
      },
    },
    spec: {},
  };
}

/** With a host that answers when it is told to, or never. */
async function start(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  user = READER,
) {
  let answer = () => {};
  const answered = new Promise<void>(resolve => {
    answer = resolve;
  });
  let end = () => {};
  const asked: (AbortSignal | undefined)[] = [];
  let isCloned = false;
  const host = {
    host: 'git.example.com',
    parseRepositoryUrl: (url: string) =>
      readRepositoryUrl({ baseUrl: HOST, url }),
    contentsUrl: () => `${SOURCE}.waymark/golden-path.yaml`,
    gitRemote: async () => {
      isCloned = true;
      throw new Error('Nothing to clone');
    },
  };
  const repository = { url: `${HOST}/a/a`, defaultBranch: 'main' };
  const options = {
    reader: {
      readUrl: async (_: string, { signal }: { signal?: AbortSignal }) => {
        asked.push(signal);
        await Promise.race([
          answered,
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason));
          }),
        ]);
        return {
          buffer: async () =>
            Buffer.from(
              `template: steady\nversion: newest\ncommit: ${'a'.repeat(40)}`,
            ),
        };
      },
    },
    lifecycle: {
      addShutdownHook: (hook: () => void) => {
        end = hook;
      },
    } as LifecycleService,
    renderer: { find: async () => ({}) },
    versions: { get: async () => ({ version: 'newest' }) },
    sources: new ComponentSources({
      catalog: {
        getEntityByRef: async (ref: string, { credentials }: any) =>
          credentials.principal.userEntityRef === 'user:default/reader'
            ? component('a', ref.endsWith('/a') ? 'a/A' : 'b/b')
            : undefined,
      },
      hosts: { all: () => [host] },
      targets: { find: async () => ({ host, address: {}, repository }) },
    } as unknown as ConstructorParameters<typeof ComponentSources>[0]),
  };
  const router = createUpgradesRouter({
    auditor: mockServices.auditor.mock(),
    httpAuth: mockServices.httpAuth({ defaultCredentials: user }),
    permissions: mockServices.permissions({ result }),
    previews: new UpgradePreviews(options as unknown as Options),
  } as unknown as Parameters<typeof createUpgradesRouter>[0]);
  const app = express().use(router, ((error, _req, res, _next) => {
    res.status(500).send(`${error.name}: ${error.message}`);
  }) as express.ErrorRequestHandler);
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    answer: () => answer(),
    end: () => end(),
    asked,
    isCloned: () => isCloned,
    preview: async (from: { name?: string; signal?: AbortSignal } = {}) => {
      const { name = 'a', signal } = from;
      const response = await fetch(
        `http://127.0.0.1:${port}/golden-path/upgrades/component/default/${name}/preview`,
        { signal },
      );
      return [await response.text(), response.headers.get('retry-after')];
    },
    until: async (holds: () => boolean) => {
      while (!holds()) {
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}

const NEWEST = /^ConflictError: .* at the newest version of its golden path$/;
const MANY = /^ServiceUnavailableError: Many upgrades/;

describe('previews of upgrades', () => {
  it('are for those who may start runs', async () => {
    const server = await start(AuthorizeResult.DENY);
    expect(await server.preview()).toEqual([
      'NotAllowedError: You may not start runs',
      null,
    ]);
    expect(server.asked).toEqual([]);
    await server.stop();
  });

  it('show only what may be seen, and what describes itself', async () => {
    const stranger = await start(
      AuthorizeResult.ALLOW,
      mockCredentials.user('user:default/stranger'),
    );
    expect((await stranger.preview())[0]).toBe(
      'ConflictError: there is no component:default/a in the catalog',
    );
    expect(stranger.asked).toEqual([]);
    await stranger.stop();

    // Somebody's own description that points to the repository of others
    const server = await start(AuthorizeResult.ALLOW);
    expect((await server.preview({ name: 'b' }))[0]).toMatch(
      /^ConflictError: component:default\/b is described elsewhere/,
    );
    expect(server.asked).toEqual([]);
    server.answer();
    // Without fetching what is at the newest version
    expect((await server.preview())[0]).toMatch(NEWEST);
    expect(server.isCloned()).toBe(false);
    await server.stop();
  });

  it('are refused while many are under way', async () => {
    const server = await start(AuthorizeResult.ALLOW);
    // Three at work, and twelve that wait
    const results = Array.from({ length: 16 }, () => server.preview());
    expect(await Promise.race(results)).toEqual([
      expect.stringMatching(MANY),
      '10',
    ]);
    server.answer();
    const texts = (await Promise.all(results)).map(([text]) => String(text));
    expect(texts.filter(text => NEWEST.test(text))).toHaveLength(15);
    expect(texts.filter(text => MANY.test(text))).toHaveLength(1);
    await server.stop();
  });

  it('end when nobody waits for them, or the portal ends', async () => {
    const server = await start(AuthorizeResult.ALLOW);
    const leaving = new AbortController();
    const gone = Array.from({ length: 15 }, () =>
      server.preview({ signal: leaving.signal }),
    );
    await server.until(() => server.asked.length === 3);
    leaving.abort();
    await Promise.allSettled(gone);
    await server.until(() => server.asked.every(signal => signal?.aborted));
    const staying = server.preview();
    await server.until(() => server.asked.some(signal => !signal?.aborted));
    server.end();
    expect((await staying)[0]).toMatch(/^ServiceUnavailableError: The portal/);
    await server.stop();
  });
});
