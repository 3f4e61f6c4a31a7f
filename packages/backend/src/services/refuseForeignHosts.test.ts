import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import http from 'node:http';
import { AddressInfo } from 'node:net';
import { refuseForeignHosts } from './refuseForeignHosts';

/** The status of a request to a server with these settings, under that name. */
async function statusFor(options: {
  listen: string | { host: string; port: number };
  host: string;
}): Promise<number> {
  const app = express();
  app.use(
    refuseForeignHosts(
      mockServices.rootConfig({
        data: {
          app: { baseUrl: 'http://portal.home:7007' },
          backend: {
            baseUrl: 'http://localhost:7007',
            listen: options.listen,
          },
        },
      }),
    ),
  );
  app.get('/', (_request, response) => response.send('here'));
  const refused: express.ErrorRequestHandler = (error, _req, res, _next) =>
    res.status(error.name === 'NotAllowedError' ? 403 : 500).send();
  app.use(refused);

  const server = app.listen(0, '127.0.0.1');
  try {
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return await new Promise<number>((resolve, reject) => {
      http
        .get(
          { host: '127.0.0.1', port, headers: { host: options.host } },
          response => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        )
        .on('error', reject);
    });
  } finally {
    server.close();
  }
}

describe('refuseForeignHosts', () => {
  const local = { host: '127.0.0.1', port: 7007 };

  it.each([
    ['localhost:7007', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:7007', 200],
    ['[::1]:7007', 200],
    ['portal.home:7007', 200],
    ['evil.example:7007', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example:7007', 403],
  ])('answers a local portal asked as %s with %d', async (host, status) => {
    expect(await statusFor({ listen: local, host })).toBe(status);
  });

  it('takes the address to listen on as a text, too', async () => {
    expect(
      await statusFor({ listen: '127.0.0.1:7007', host: 'evil.example' }),
    ).toBe(403);
  });

  it.each([[':7007'], [{ host: '0.0.0.0', port: 7007 }]])(
    'lets every name pass when the portal listens on %j',
    async listen => {
      expect(await statusFor({ listen, host: 'evil.example' })).toBe(200);
    },
  );
});
