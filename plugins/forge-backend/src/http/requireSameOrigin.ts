import { NotAllowedError } from '@backstage/errors';
import { Request } from 'express';

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/**
 * Refuses a form that was sent from somebody else's page: browsers add the
 * forge's credentials by themselves once they know them.
 *
 * @throws NotAllowedError
 * @internal
 */
export function requireSameOrigin(req: Request, ownAddress: string): void {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const own = [hostOf(ownAddress), req.get('host')];
  const sameOrigin = origin !== undefined && own.includes(hostOf(origin));
  if ((site !== undefined && site !== 'same-origin') || !sameOrigin) {
    throw new NotAllowedError(
      'A merge can be asked for only from the page of the forge itself',
    );
  }
}
