import { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import { UpgradePreviews } from '../upgrade/UpgradePreviews';
import { createUpgradesRouter } from './createUpgradesRouter';

type Options = ConstructorParameters<typeof UpgradePreviews>[0];

/** With a host that answers when it is told to. */
async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  let answer = () => {};
  const answered = new Promise<void>(resolve => {
    answer = resolve;
  });
  let asked = 0;
  const target = {
    host: {
      gitRemote: async () => {
        await answered;
        throw new Error('The host has answered');
      },
    },
    repository: { defaultBranch: 'main' },
  };
  const find = async () => {
    asked += 1;
    return { folder: '', target };
  };
  const router = createUpgradesRouter({
    auditor: mockServices.auditor.mock(),
    httpAuth: mockServices.httpAuth({
      defaultCredentials: mockCredentials.user(),
    }),
    permissions: mockServices.permissions({ result }),
    previews: new UpgradePreviews({ sources: { find } } as unknown as Options),
  } as unknown as Parameters<typeof createUpgradesRouter>[0]);
  const app = express().use(router, ((error, _req, res, _next) => {
    res.status(500).send(error.name);
  }) as express.ErrorRequestHandler);
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    answer,
    asked: () => asked,
    preview: async (signal?: AbortSignal) => {
      const response = await fetch(
        `http://127.0.0.1:${port}/golden-path/upgrades/component/default/a/preview`,
        { signal },
      );
      return [await response.text(), response.headers.get('retry-after')];
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}

describe('previews of upgrades', () => {
  it('are for those who may start runs', async () => {
    const server = await start(AuthorizeResult.DENY);
    expect(await server.preview()).toEqual(['NotAllowedError', null]);
    expect(server.asked()).toBe(0);
    await server.stop();
  });

  it('are refused while many are under way', async () => {
    const server = await start(AuthorizeResult.ALLOW);
    // Three at work, and twelve that wait
    const results = Array.from({ length: 16 }, () => server.preview());
    expect(await Promise.race(results)).toEqual([
      'ServiceUnavailableError',
      '10',
    ]);
    server.answer();
    const names = (await Promise.all(results)).map(([name]) => name);
    expect(names.sort()).toEqual([
      ...Array(15).fill('Error'),
      'ServiceUnavailableError',
    ]);
    await server.stop();
  });
});
