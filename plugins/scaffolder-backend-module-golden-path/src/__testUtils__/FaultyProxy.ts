import { createServer, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What happens to a request on its way. */
export type Fault =
  /** The connection breaks before the other side hears of it. */
  | 'lose-request'
  /** The other side does its work; the connection breaks before the answer. */
  | 'lose-answer'
  /** The other side is not asked; the answer is this status. */
  | { status: number; body?: string; headers?: Record<string, string> }
  /** Nothing breaks, but this comes before it. */
  | (() => Promise<void>);

/**
 * Stands between the backend and itself, on a port known before the backend
 * starts, and breaks connections on demand.
 */
export class FaultyProxy {
  private faults: { matches: (line: string) => boolean; fault: Fault }[] = [];
  private target = 0;
  /** Every request, as `METHOD path`. */
  readonly requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server);
    server.on('request', async (incoming, outgoing) => {
      const line = `${incoming.method} ${incoming.url}`;
      proxy.requests.push(line);
      const index = proxy.faults.findIndex(({ matches }) => matches(line));
      const [hit] = index < 0 ? [] : proxy.faults.splice(index, 1);
      const fault = hit?.fault;
      if (fault === 'lose-request') {
        incoming.socket.destroy();
        return;
      }
      if (typeof fault === 'object') {
        incoming.resume();
        outgoing.writeHead(fault.status, {
          'content-type': 'application/json',
          ...fault.headers,
        });
        outgoing.end(fault.body ?? '{}');
        return;
      }
      if (typeof fault === 'function') {
        await fault();
      }
      const forwarded = request(
        {
          host: 'localhost',
          port: proxy.target,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        answer => {
          if (fault === 'lose-answer') {
            answer.resume();
            answer.on('end', () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forwarded.on('error', () => incoming.socket.destroy());
      incoming.pipe(forwarded);
    });
    await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  forwardTo(port: number): void {
    this.target = port;
  }

  /** Breaks the next request that matches. */
  breakNext(matches: RegExp, fault: Fault): void {
    this.faults.push({ matches: line => matches.test(line), fault });
  }

  get pendingFaults(): number {
    return this.faults.length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
