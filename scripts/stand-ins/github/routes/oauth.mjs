import { createHash, randomBytes } from 'node:crypto';
import { html, redirect, reply } from '../http/reply.mjs';
import { errorPage, signInPage } from '../pages/signInPage.mjs';
import { issueUserToken } from '../state/principal.mjs';

const CODE_LIFETIME_MS = 10 * 60 * 1000;
const APP_TOKEN_LIFETIME_S = 8 * 60 * 60;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether an address may be redirected to, by GitHub's rule: host and port are
 * the registered ones and the path is below; on the loopback any port will do.
 */
function isAllowed(registered, wanted) {
  const base = new URL(registered);
  const target = new URL(wanted);
  const loopback =
    LOOPBACK.includes(base.hostname) && LOOPBACK.includes(target.hostname);
  const sameHost = loopback || base.host === target.host;
  const root = base.pathname.replace(/\/$/, '');
  return (
    sameHost &&
    base.protocol === target.protocol &&
    (target.pathname === root || target.pathname.startsWith(`${root}/`))
  );
}

function redirectOf(client, wanted) {
  if (!wanted) {
    return client.redirectUris[0];
  }
  try {
    return client.redirectUris.some(uri => isAllowed(uri, wanted))
      ? wanted
      : undefined;
  } catch {
    return undefined;
  }
}

function withQuery(address, fields) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

const scopesOf = text => [
  ...new Set((text ?? '').split(/[\s,]+/).filter(Boolean)),
];

const clientOf = (state, id) =>
  state.oauthClients.find(client => client.clientId === id);

function authorizePage(context) {
  const { state, query } = context;
  const client = clientOf(state, query.get('client_id'));
  if (!client) {
    return html(
      errorPage('404', 'There is no application with this client ID.'),
      404,
    );
  }
  const target = redirectOf(client, query.get('redirect_uri'));
  if (!target) {
    return redirect(
      withQuery(client.redirectUris[0], {
        error: 'redirect_uri_mismatch',
        error_description:
          'The redirect_uri MUST match the registered callback URL for this application.',
        state: query.get('state'),
      }),
    );
  }
  const scopes = scopesOf(query.get('scope'));
  return html(
    signInPage({
      client,
      scopes,
      users: [...state.users.values()].filter(
        user => !user.suspendedAt && !user.isBot,
      ),
      action: `/login/oauth/authorize${context.url.search}`,
    }),
  );
}

function decide(context) {
  const { state, query, body } = context;
  const client = clientOf(state, query.get('client_id'));
  const target = client && redirectOf(client, query.get('redirect_uri'));
  if (!target) {
    return html(errorPage('404', 'There is no such application.'), 404);
  }
  const user = state.users.get(body.login ?? '');
  if (!user) {
    return redirect(
      withQuery(target, {
        error: 'access_denied',
        error_description: 'The user has denied your application access.',
        state: query.get('state'),
      }),
    );
  }
  const code = randomBytes(10).toString('hex');
  state.oauthCodes.set(code, {
    client,
    user,
    redirectUri: query.get('redirect_uri'),
    scopes: scopesOf(query.get('scope')),
    challenge: query.get('code_challenge'),
    expiresAt: Date.now() + CODE_LIFETIME_MS,
  });
  return redirect(withQuery(target, { code, state: query.get('state') }));
}

const failures = {
  incorrect_client_credentials:
    'The client_id and/or client_secret passed are incorrect.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  redirect_uri_mismatch:
    'The redirect_uri MUST match the registered callback URL for this application.',
  bad_refresh_token: 'The refresh token passed is incorrect or expired.',
  unsupported_grant_type: 'The grant_type is not supported.',
};

const failure = error => ({
  error,
  error_description: failures[error],
  error_uri: `https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors`,
});

function verifierMatches(challenge, verifier) {
  if (!challenge) {
    return true;
  }
  const digest = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return digest === challenge;
}

/** An App's user tokens expire and are renewed, an OAuth app's are not. */
function issue(state, client, user, scopes) {
  if (!client.app) {
    const token = issueUserToken(state, user, {
      prefix: 'gho',
      scopes,
      clientId: client.clientId,
    });
    return {
      access_token: token,
      token_type: 'bearer',
      scope: scopes.join(','),
    };
  }
  const token = issueUserToken(state, user, {
    prefix: 'ghu',
    scopes: ['repo', 'user'],
    clientId: client.clientId,
    expiresAt: Date.now() + APP_TOKEN_LIFETIME_S * 1000,
  });
  const refresh = `ghr_${randomBytes(38).toString('hex')}`;
  state.refreshTokens.set(refresh, { client, user });
  return {
    access_token: token,
    expires_in: APP_TOKEN_LIFETIME_S,
    refresh_token: refresh,
    refresh_token_expires_in: 15_897_600,
    token_type: 'bearer',
    scope: '',
  };
}

function exchange({ state, body }) {
  const client = clientOf(state, body.client_id);
  if (!client || client.clientSecret !== body.client_secret) {
    return failure('incorrect_client_credentials');
  }
  if (body.grant_type === 'refresh_token') {
    const known = state.refreshTokens.get(body.refresh_token);
    if (known?.client !== client) {
      return failure('bad_refresh_token');
    }
    state.refreshTokens.delete(body.refresh_token);
    return issue(state, client, known.user, []);
  }
  if (body.grant_type && body.grant_type !== 'authorization_code') {
    return failure('unsupported_grant_type');
  }
  const pending = state.oauthCodes.get(body.code);
  state.oauthCodes.delete(body.code);
  const valid =
    pending?.client === client &&
    pending.expiresAt > Date.now() &&
    verifierMatches(pending.challenge, body.code_verifier);
  if (!valid) {
    return failure('bad_verification_code');
  }
  if (body.redirect_uri && body.redirect_uri !== pending.redirectUri) {
    return failure('redirect_uri_mismatch');
  }
  return issue(state, client, pending.user, pending.scopes);
}

/** Sign-in: a picker of users stands for their passwords. */
export function addOAuthRoutes(router) {
  router.get('/login/oauth/authorize', authorizePage);
  router.post('/login/oauth/authorize', decide);
  router.post('/login/oauth/access_token', context => {
    const answer = exchange(context);
    const wantsJson = /json/.test(context.req.headers.accept ?? '');
    return wantsJson
      ? reply(200, answer)
      : reply(200, new URLSearchParams(answer).toString(), {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        });
  });
}
