import { connect, createServer, Server, Socket } from 'node:net';

const HOST = '127.0.0.1';

/**
 * The address of a service, which stays while builds come and go: hands every
 * connection to the build in place.
 *
 * @internal
 */
export class LoopbackProxy {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #target: number | undefined;

  /** Where it listens, while it does. */
  get port(): number | undefined {
    const address = this.#server?.address();
    return address && typeof address === 'object' ? address.port : undefined;
  }

  /**
   * Listens, unless it does already.
   *
   * @param preferred - the port to take, when it is free
   * @returns the port it listens on
   */
  async listen(preferred: number | undefined): Promise<number> {
    if (!this.port) {
      const server = createServer(socket => this.#accept(socket));
      try {
        await listenOn(server, preferred ?? 0);
      } catch {
        // Somebody else has it by now
        await listenOn(server, 0);
      }
      server.unref();
      this.#server = server;
    }
    return this.port!;
  }

  /** New connections go to this port from now on; undefined: to nobody. */
  setTarget(port: number | undefined): void {
    this.#target = port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#target = undefined;
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    if (server) {
      await new Promise(resolve => server.close(resolve));
    }
  }

  #accept(socket: Socket): void {
    if (this.#target === undefined) {
      socket.destroy();
      return;
    }
    const target = connect({ host: HOST, port: this.#target });
    for (const [one, other] of [
      [socket, target],
      [target, socket],
    ]) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: HOST, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
