import { RootConfigService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RequestHandler } from 'express';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that name another host than this portal, while the portal
 * listens on the loopback address only.
 *
 * Such a portal trusts whoever reaches it. A page anywhere on the web can reach
 * it as well, by letting the name it was loaded from point to 127.0.0.1 (DNS
 * rebinding), but it cannot make the browser send another name than that one.
 * A portal on a network has real sign-in, and is asked by names it cannot know,
 * such as those of health checks.
 *
 * @internal
 */
export function refuseForeignHosts(config: RootConfigService): RequestHandler {
  const listen = config.getOptional<string | { host?: string }>(
    'backend.listen',
  );
  const listenHost =
    typeof listen === 'string' ? listen.replace(/:\d+$/, '') : listen?.host;
  const isLocal =
    listenHost !== undefined && [...LOOPBACK, '::1'].includes(listenHost);
  if (!isLocal) {
    return (_request, _response, next) => next();
  }

  const known = new Set(LOOPBACK);
  for (const key of ['app.baseUrl', 'backend.baseUrl']) {
    const url = config.getOptionalString(key);
    if (url) {
      known.add(new URL(url).hostname);
    }
  }
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    const name = host.replace(/:\d+$/, '').toLowerCase();
    if (known.has(name)) {
      next();
    } else {
      next(
        new NotAllowedError(
          `This portal does not answer under the name '${name}': open ${config.getString(
            'app.baseUrl',
          )}`,
        ),
      );
    }
  };
}
