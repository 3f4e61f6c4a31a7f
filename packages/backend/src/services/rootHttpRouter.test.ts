import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '@waymark/backend-test-support';
import express from 'express';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createServer, AddressInfo } from 'node:net';
import { rootHttpRouter } from './rootHttpRouter';

const LIMIT = 5;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

const token = (typ: string) =>
  [{ typ }, {}, {}]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');

describe('rootHttpRouter with a limit on requests', () => {
  let port: number;
  let backend: ReturnType<typeof createBackend>;
  let slow: { began: () => void; end: Promise<void> };

  beforeEach(async () => {
    port = await freePort();
    backend = createBackend();
    backend.add(mockServices.rootLogger.factory());
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: `http://localhost:${port}`,
            listen: { host: '127.0.0.1', port },
            trustProxy: 1,
            // Longer than any test
            server: { keepAliveTimeout: { hours: 1 } },
            rateLimit: {
              window: { minutes: 1 },
              incomingRequestLimit: LIMIT,
              ipAllowList: [],
            },
          },
        },
      }),
    );
    backend.add(rootHttpRouter);
    backend.add(
      createBackendPlugin({
        pluginId: 'library',
        register(env) {
          env.registerInit({
            deps: { http: coreServices.httpRouter },
            async init({ http }) {
              const router = express.Router();
              router.get('/books', (_, response) => {
                response.json([]);
              });
              router.get('/books/long', async (_, response) => {
                slow.began();
                await slow.end;
                response.json([]);
              });
              http.use(router);
              http.addAuthPolicy({ path: '/books', allow: 'unauthenticated' });
            },
          });
        },
      }),
    );
    await backend.start();
  });
  afterEach(() => backend.stop());

  async function statuses(
    headers: Record<string, string>,
    path = '/api/library/books',
  ): Promise<number[]> {
    const result: number[] = [];
    for (let i = 0; i < LIMIT + 2; i++) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers,
      });
      await response.arrayBuffer();
      result.push(response.status);
    }
    return result;
  }
  const answered = Array(LIMIT + 2).fill(200);
  const limited = [...Array(LIMIT).fill(200), 429, 429];

  it('counts per address, as the proxy in front tells it', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect(await statuses(from('192.0.2.1'))).toEqual(limited);
    expect(await statuses(from('192.0.2.2'))).toEqual(limited);
    // What a client claims itself comes first, and counts for nothing
    expect(await statuses(from('198.51.100.7, 192.0.2.2'))).toEqual(
      Array(LIMIT + 2).fill(429),
    );
  });

  it('counts requests from the machine itself', async () => {
    expect(await statuses({})).toEqual(limited);
  });

  it('does not count what plugins ask each other', async () => {
    const authorization = `Bearer ${token('vnd.backstage.plugin')}`;
    // An open path: whether the token is a good one is the plugin's to say
    expect(await statuses({ authorization })).toEqual(answered);
    // But what only pretends to be that
    expect(
      await statuses({ authorization, 'x-forwarded-for': '192.0.2.3' }),
    ).toEqual(limited);
  });

  it('does not count their questions about tokens of pipelines', async () => {
    const path = '/api/ci-credentials/verify';
    // Nobody answers here, and nobody is turned away
    expect(await statuses({}, path)).toEqual(Array(LIMIT + 2).fill(404));
    expect(await statuses({ 'x-forwarded-for': '192.0.2.5' }, path)).toEqual([
      ...Array(LIMIT).fill(404),
      429,
      429,
    ]);
  });

  it('counts people and everybody else who has a token', async () => {
    const authorization = `Bearer ${token('vnd.backstage.user')}`;
    expect(await statuses({ authorization })).toEqual(limited);
  });

  it('does not count probes', async () => {
    expect(
      await statuses(
        { 'x-forwarded-for': '192.0.2.4' },
        '/.backstage/health/v1/readiness',
      ),
    ).toEqual(answered);
  });

  it('stops once what was asked is answered, whoever keeps a connection', async () => {
    const agent = new Agent({ keepAlive: true });
    let end = () => {};
    const began = new Promise<void>(resolve => {
      slow = {
        began: resolve,
        end: new Promise(ended => {
          end = ended;
        }),
      };
    });
    const answer = once(
      request(`http://127.0.0.1:${port}/api/library/books/long`, {
        agent,
      }).end(),
      'response',
    );
    await began;
    const stopped = backend.stop();
    await eventually('nobody is let in', () =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => false,
        () => true,
      ),
    );
    end();
    const [response] = await answer;
    expect(response.statusCode).toBe(200);
    response.resume();
    await stopped;
    agent.destroy();
  });
});
