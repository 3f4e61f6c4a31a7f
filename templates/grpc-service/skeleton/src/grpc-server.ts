import { constants, createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectNodeAdapter, type ConnectNodeAdapterOptions } from '@connectrpc/connect-node';
import { unreadRest } from './unread-rest.ts';

/** Milliseconds after which a connection without a call is closed; its client opens another when it needs one. */
const idleMs = 5 * 60_000;

/** Milliseconds for a caller to end a call that is answered already. */
const lingerMs = 1000;

/** Serves calls over HTTP/2 without TLS, which ends before them. */
export class GrpcServer {
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  #closing = false;

  constructor(options: ConnectNodeAdapterOptions) {
    const answer = connectNodeAdapter(options);
    this.#server = createServer({ settings: { maxConcurrentStreams: 250, maxHeaderListSize: 16_384 } }, (request, response) => {
      const { stream } = request;
      const forget = unreadRest(request);
      stream.once('wantTrailers', () => {
        if (!request.complete) {
          forget();
          setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), this.#closing ? 0 : lingerMs).unref();
        }
      });
      answer(request, response);
    });
    this.#server.on('session', session => {
      this.#sessions.add(session);
      session.once('close', () => this.#sessions.delete(session));
      session.setTimeout(idleMs, () => session.close());
    });
  }

  async listen(options: { host: string; port: number }): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(options, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  /** Where it listens, as gRPC clients write it. */
  get address(): string {
    const { address, family, port } = this.#server.address() as AddressInfo;
    return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** Takes no further calls, and resolves when those under way have ended. */
  async close(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    this.#closing = true;
    const closed = new Promise(resolve => this.#server.once('close', resolve));
    this.#server.close();
    for (const session of this.#sessions) {
      session.close();
    }
    await closed;
  }
}
