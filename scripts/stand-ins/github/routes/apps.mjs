import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { simpleAccount } from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { appMay, levelOf } from '../state/access.mjs';
import { now, secretToken } from '../state/ids.mjs';
import { addDeliveries } from './hooks.mjs';
import { organizationOf } from './locate.mjs';

const TOKEN_LIFETIME_MS = 60 * 60 * 1000;

function appOf({ principal }) {
  if (principal.kind !== 'app') {
    throw new GithubError(401, 'A JSON web token could not be decoded');
  }
  return principal.app;
}

function appShape(state, app) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: app.nodeId,
    owner: simpleAccount(state, app.owner),
    name: app.name,
    description: '',
    external_url: state.url,
    html_url: `${state.url}/github-apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
    installations_count: app.installations.length,
  };
}

function installationShape(state, installation) {
  const { app, account } = installation;
  return {
    id: installation.id,
    client_id: app.clientId,
    account: simpleAccount(state, account),
    repository_selection: installation.repositoryIds ? 'selected' : 'all',
    access_tokens_url: `${state.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${state.apiUrl}/installation/repositories`,
    html_url: `${state.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.kind,
    permissions: app.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt
      ? simpleAccount(state, account)
      : null,
    suspended_at: installation.suspendedAt,
  };
}

function installationOf(context) {
  const found = appOf(context).installations.find(
    ({ id }) => id === Number(context.params.id),
  );
  if (!found) {
    throw notFound();
  }
  return found;
}

function installedOn(context, account) {
  const found = appOf(context).installations.find(
    installation => installation.account === account,
  );
  if (!found) {
    throw notFound();
  }
  return reply(200, installationShape(context.state, found));
}

const reach = (state, { account, repositoryIds }) =>
  state
    .repositoriesOf(account)
    .filter(({ id }) => !repositoryIds || repositoryIds.includes(id));

/** What a request restricts the token to. */
function restrict({ state, body }, installation) {
  const { permissions: granted } = installation.app;
  const permissions = body.permissions ?? granted;
  for (const [name, level] of Object.entries(permissions)) {
    if (!appMay({ permissions: granted }, `${name}:${level}`)) {
      throw new GithubError(
        422,
        'The permissions requested are not granted to this installation.',
      );
    }
  }
  const names = body.repositories;
  const ids = body.repository_ids;
  if (!names && !ids) {
    return { permissions, repositoryIds: undefined };
  }
  const available = reach(state, installation);
  const wanted = available.filter(
    ({ id, name }) => names?.includes(name) || ids?.includes(id),
  );
  if (wanted.length !== new Set([...(names ?? []), ...(ids ?? [])]).size) {
    throw new GithubError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return { permissions, repositoryIds: wanted.map(({ id }) => id) };
}

function issueToken(context) {
  const { state } = context;
  const installation = installationOf(context);
  if (installation.suspendedAt) {
    throw new GithubError(403, 'This installation has been suspended');
  }
  const { permissions, repositoryIds } = restrict(context, installation);
  const token = secretToken('ghs');
  const expiresAt = Date.now() + TOKEN_LIFETIME_MS;
  state.tokens.set(token, {
    kind: 'installation',
    installation,
    permissions: { metadata: 'read', ...permissions },
    repositoryIds,
    expiresAt,
  });
  const selected = repositoryIds ?? installation.repositoryIds;
  return reply(201, {
    token,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d+Z/, 'Z'),
    permissions: { metadata: 'read', ...permissions },
    repository_selection: selected ? 'selected' : 'all',
    ...(repositoryIds && {
      repositories: reach(state, installation)
        .filter(({ id }) => repositoryIds.includes(id))
        .map(repository => repositoryShape(state, repository)),
    }),
  });
}

/** GitHub Apps: who they are, where they are installed, and their tokens. */
export function addAppRoutes(router) {
  router.get('/app', context =>
    reply(200, appShape(context.state, appOf(context))),
  );
  router.get('/apps/:slug', ({ state, params }) => {
    const app = state.apps.find(({ slug }) => slug === params.slug);
    if (!app) {
      throw notFound();
    }
    return reply(200, appShape(state, app));
  });
  router.get('/app/installations', context =>
    page(context, appOf(context).installations, installation =>
      installationShape(context.state, installation),
    ),
  );
  router.get('/app/installations/:id', context =>
    reply(200, installationShape(context.state, installationOf(context))),
  );
  router.post('/app/installations/:id/access_tokens', issueToken);
  router.put('/app/installations/:id/suspended', context => {
    installationOf(context).suspendedAt = now();
    return noContent();
  });
  router.delete('/app/installations/:id/suspended', context => {
    installationOf(context).suspendedAt = null;
    return noContent();
  });

  router.get('/orgs/:org/installation', context =>
    installedOn(context, organizationOf(context)),
  );
  router.get('/users/:login/installation', context =>
    installedOn(context, context.state.users.get(context.params.login)),
  );
  router.get('/repos/:owner/:repo/installation', context => {
    const { owner, repo } = context.params;
    return installedOn(context, context.state.repository(owner, repo)?.owner);
  });
  router.get('/orgs/:org/installations', context => {
    const organization = organizationOf(
      context,
      'owner',
      'organization_administration:read',
    );
    const installations = context.state.apps.flatMap(app =>
      app.installations.filter(({ account }) => account === organization),
    );
    return page(
      context,
      installations,
      installation => installationShape(context.state, installation),
      'installations',
    );
  });

  router.get('/installation/repositories', async context => {
    const { state, principal } = context;
    if (principal.kind !== 'installation') {
      throw new GithubError(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      );
    }
    const { installation, repositoryIds } = principal;
    const visible = reach(state, installation).filter(
      ({ id }) => !repositoryIds || repositoryIds.includes(id),
    );
    const answer = await page(
      context,
      visible,
      repository =>
        repositoryShape(state, repository, {
          level: levelOf(repository, principal),
        }),
      'repositories',
    );
    answer.body.repository_selection =
      repositoryIds ?? installation.repositoryIds ? 'selected' : 'all';
    return answer;
  });
  router.delete('/installation/token', context => {
    const { state, principal } = context;
    if (principal.kind !== 'installation') {
      throw notFound();
    }
    state.tokens.delete(principal.token);
    return noContent();
  });

  addAppHook(router);
}

function addAppHook(router) {
  const shape = ({ hook }) => ({
    content_type: hook.config.content_type,
    insecure_ssl: hook.config.insecure_ssl,
    url: hook.config.url ?? null,
    ...(hook.config.secret && { secret: '********' }),
  });
  router.get('/app/hook/config', context => reply(200, shape(appOf(context))));
  router.patch('/app/hook/config', context => {
    const app = appOf(context);
    const { url, secret, content_type: type } = context.body;
    if (url !== undefined && !/^https?:\/\//.test(url)) {
      throw validationFailed([
        { resource: 'Hook', field: 'url', code: 'invalid' },
      ]);
    }
    app.hook.config.url = url ?? app.hook.config.url;
    app.hook.config.secret = secret ?? app.hook.config.secret;
    app.hook.config.content_type = type ?? app.hook.config.content_type;
    return reply(200, shape(app));
  });
  addDeliveries(router, '/app/hook', context => appOf(context).hook);
}
