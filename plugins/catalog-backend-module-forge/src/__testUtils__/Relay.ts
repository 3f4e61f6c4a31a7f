import { createDeferred, DeferredPromise } from '@backstage/types';
import { AddressInfo, connect, createServer, Server } from 'node:net';

/**
 * An address that is known before the backend behind it has one: test backends
 * choose their port themselves, but configuration has to name it.
 */
export class Relay {
  readonly #server: Server;
  readonly #port: DeferredPromise<number>;

  private constructor(server: Server, port: DeferredPromise<number>) {
    this.#server = server;
    this.#port = port;
  }

  static async start(): Promise<Relay> {
    const port = createDeferred<number>();
    const server = createServer(async incoming => {
      incoming.on('error', () => incoming.destroy());
      const outgoing = connect(await port, '127.0.0.1');
      outgoing.on('error', () => incoming.destroy());
      incoming.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing).pipe(incoming);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return new Relay(server, port);
  }

  get host(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything that waits at the relay goes on to this port. */
  open(port: number): void {
    this.#port.resolve(port);
  }

  stop(): void {
    this.#server.close();
  }
}
