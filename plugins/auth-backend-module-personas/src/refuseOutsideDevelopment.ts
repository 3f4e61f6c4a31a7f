import type { RootConfigService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
/** The same as they are written in addresses. */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** The address to listen on; without one it is every address of the machine. */
function readListenHost(config: RootConfigService): string | undefined {
  const listen = config.getOptional<string | { host?: string }>(
    'backend.listen',
  );
  return typeof listen === 'string'
    ? listen.slice(0, Math.max(listen.lastIndexOf(':'), 0))
    : listen?.host;
}

/**
 * The first address of the portal that is not one of this machine: with it, a
 * proxy passes on what comes from elsewhere, however local the port is.
 */
function readPublicAddress(config: RootConfigService): string | undefined {
  return ['app.baseUrl', 'backend.baseUrl']
    .map(key => config.getOptionalString(key))
    .find(url => url && !LOOPBACK_NAMES.includes(new URL(url).hostname));
}

/**
 * Keeps a portal that others can reach from letting anybody be anybody: nobody
 * is asked for a password here.
 *
 * @throws NotAllowedError which says what to change, unless this is a portal in
 *   development that only its own machine can reach
 * @internal
 */
export function refuseOutsideDevelopment(config: RootConfigService): void {
  if (process.env.NODE_ENV !== 'development') {
    throw new NotAllowedError(
      'Sign-in as one of the sample people needs no password and is for ' +
        'development only: remove auth.providers.personas from the configuration ' +
        `(NODE_ENV is '${process.env.NODE_ENV ?? ''}')`,
    );
  }
  const host = readListenHost(config);
  if (host === undefined || !LOOPBACK.includes(host)) {
    throw new NotAllowedError(
      'Sign-in as one of the sample people needs no password, and this portal ' +
        'can be reached from other machines: set backend.listen.host to ' +
        '127.0.0.1, or remove auth.providers.personas from the configuration',
    );
  }
  const address = readPublicAddress(config);
  if (address) {
    throw new NotAllowedError(
      'Sign-in as one of the sample people needs no password, and this portal ' +
        `can be reached at ${address}: set app.baseUrl and backend.baseUrl to ` +
        'addresses of localhost, or remove auth.providers.personas from the ' +
        'configuration',
    );
  }
}
