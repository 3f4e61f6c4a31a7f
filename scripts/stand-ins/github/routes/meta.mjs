import { reply } from '../http/reply.mjs';

const ENTERPRISE_VERSION = '3.17.0';

const LIMIT = 5000;

/** What GitHub tells of itself. */
export function addMetaRoutes(router) {
  router.get('/', ({ state }) =>
    reply(200, {
      current_user_url: `${state.apiUrl}/user`,
      organization_url: `${state.apiUrl}/orgs/{org}`,
      repository_url: `${state.apiUrl}/repos/{owner}/{repo}`,
    }),
  );
  router.get('/versions', () => reply(200, ['2022-11-28']));
  router.get('/meta', () =>
    reply(200, {
      verifiable_password_authentication: false,
      installed_version: ENTERPRISE_VERSION,
    }),
  );
  router.get('/rate_limit', () => {
    const rate = {
      limit: LIMIT,
      used: 0,
      remaining: LIMIT,
      reset: Math.floor(Date.now() / 1000) + 3600,
    };
    return reply(200, {
      resources: { core: rate, search: rate, graphql: rate },
      rate,
    });
  });
}
