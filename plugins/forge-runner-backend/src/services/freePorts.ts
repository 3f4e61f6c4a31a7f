import { createServer, Server } from 'node:net';

/**
 * Ports of the loopback interface that nobody listens on.
 *
 * @internal
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    // All at the same time, or the system could name one twice
    for (let index = 0; index < count; index++) {
      const server = createServer();
      servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: '127.0.0.1', port: 0 }, resolve);
      });
    }
    return servers.map(server => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(
      servers.map(server => new Promise(resolve => server.close(resolve))),
    );
  }
}
