import { badCredentials } from '../http/GithubError.mjs';
import { verifyAppJwt } from './appJwt.mjs';
import { secretToken } from './ids.mjs';

export const ALL_SCOPES = [
  'admin:org',
  'admin:org_hook',
  'admin:repo_hook',
  'delete_repo',
  'repo',
  'user',
  'workflow',
];

/** A personal access token, or with another prefix what OAuth issues. */
export function issueUserToken(
  state,
  user,
  { token, prefix = 'ghp', scopes = ALL_SCOPES, clientId, expiresAt } = {},
) {
  const value = token ?? secretToken(prefix);
  state.tokens.set(value, { kind: 'user', user, scopes, clientId, expiresAt });
  return value;
}

function tokenOf(header) {
  const [scheme, value = ''] = (header ?? '').split(/\s+/);
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'token':
      return value;
    case 'basic': {
      const text = Buffer.from(value, 'base64').toString();
      const colon = text.indexOf(':');
      const password = text.slice(colon + 1);
      // Some clients send the token as the name
      return password === '' || password === 'x-oauth-basic'
        ? text.slice(0, colon)
        : password;
    }
    default:
      return undefined;
  }
}

/**
 * Who asks: `{ kind: 'anonymous' | 'user' | 'installation' | 'app', … }`.
 *
 * @throws GithubError 401 for a token that is unknown, expired or malformed
 */
export function principalOf(state, authorization) {
  if (!authorization) {
    return { kind: 'anonymous' };
  }
  const token = tokenOf(authorization);
  if (!token) {
    throw badCredentials();
  }
  const known = state.tokens.get(token);
  if (known) {
    const expired = known.expiresAt && known.expiresAt <= Date.now();
    if (expired || known.user?.suspendedAt) {
      throw badCredentials();
    }
    return { ...known, token };
  }
  if (token.split('.').length === 3) {
    return { kind: 'app', app: verifyAppJwt(state, token), token };
  }
  throw badCredentials();
}

/** The account that what is done is attributed to. */
export function actorOf(principal) {
  return principal.kind === 'installation'
    ? principal.installation.app.bot
    : principal.user;
}
