import { connect } from 'node:net';

/**
 * Whether somebody listens on a port of the loopback interface.
 *
 * @internal
 */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
