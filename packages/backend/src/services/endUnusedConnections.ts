import { LifecycleService } from '@backstage/backend-plugin-api';
import { Server } from 'node:http';

/**
 * Ends the connections of a server that stops as soon as their last answer is sent.
 * The server ends only those that are unused at the moment it stops, and would wait
 * for each of the others until nobody has used it for `keepAliveTimeout`.
 *
 * @internal
 */
export function endUnusedConnections(options: {
  server: Server;
  lifecycle: LifecycleService;
}): void {
  const { server, lifecycle } = options;
  let isStopping = false;
  lifecycle.addShutdownHook(() => {
    isStopping = true;
  });
  // Before anything is sent
  server.prependListener('request', (_request, response) => {
    if (isStopping) {
      response.setHeader('Connection', 'close');
      return;
    }
    response.once('close', () => {
      if (isStopping) {
        setImmediate(() => server.closeIdleConnections());
      }
    });
  });
}
