import { decodeJwt } from 'jose';

/** How the portal's own tokens for pipelines begin. */
const TOKEN_PREFIX = 'wmk_ci_';

/**
 * Whether a token claims to be one for pipelines. Says nothing about whether it
 * is good.
 *
 * @internal
 */
export function looksLikeOurs(token: string, issuers: Set<string>): boolean {
  if (token.startsWith(TOKEN_PREFIX)) {
    return true;
  }
  if (issuers.size === 0 || token.split('.').length !== 3) {
    return false;
  }
  try {
    const { iss } = decodeJwt(token);
    return iss !== undefined && issuers.has(iss);
  } catch {
    return false;
  }
}
