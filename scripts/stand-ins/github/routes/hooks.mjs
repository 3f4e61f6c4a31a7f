import { deliver, ping, redeliver } from '../hooks/deliver.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { commitShape } from '../shapes/commit.mjs';
import { deliveryShape, hookShape } from '../shapes/hook.mjs';
import { now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import { organizationOf, repositoryOf, requireScope } from './locate.mjs';

function readConfig(config = {}, known = {}) {
  return {
    url: config.url ?? known.url,
    content_type: config.content_type ?? known.content_type ?? 'form',
    insecure_ssl: String(config.insecure_ssl ?? known.insecure_ssl ?? '0'),
    secret: config.secret ?? known.secret,
  };
}

function assertUrl(config) {
  if (!/^https?:\/\//.test(config.url ?? '')) {
    throw new GithubError(422, 'Validation Failed', {
      errors: [
        {
          resource: 'Hook',
          code: 'custom',
          message: 'Config must contain URL for webhooks',
        },
      ],
    });
  }
}

/** Adds a webhook as a request or the options of the stand-in ask for it. */
export function addHook(
  state,
  { repository, organization, config, events, active },
) {
  const hook = {
    id: state.ids.next(),
    type: repository ? 'Repository' : 'Organization',
    repository,
    organization,
    name: 'web',
    active: active ?? true,
    events: events?.length ? events : ['push'],
    config: readConfig(config),
    createdAt: now(),
    updatedAt: now(),
  };
  assertUrl(hook.config);
  state.hooks.push(hook);
  return hook;
}

/** The owners of webhooks: where they are found and what may touch them. */
const OWNERS = [
  {
    base: '/repos/:owner/:repo/hooks',
    scope: 'admin:repo_hook',
    locate: (context, action) => ({
      repository: repositoryOf(context, 'admin', `repository_hooks:${action}`),
    }),
  },
  {
    base: '/orgs/:org/hooks',
    scope: 'admin:org_hook',
    locate: (context, action) => ({
      organization: organizationOf(
        context,
        'owner',
        `organization_hooks:${action}`,
      ),
    }),
  },
];

function addHooks(router, { base, scope, locate }) {
  const owner = (context, action) => {
    const found = locate(context, action);
    requireScope(context, scope, ...(found.repository ? ['repo'] : []));
    return found;
  };
  const listed = (state, { repository, organization }) =>
    state.hooks.filter(hook =>
      repository
        ? hook.repository === repository
        : hook.organization === organization,
    );
  const hookOf = (context, action) => {
    const found = listed(context.state, owner(context, action)).find(
      ({ id }) => id === Number(context.params.hook),
    );
    if (!found) {
      throw notFound();
    }
    return found;
  };

  router.get(base, context =>
    page(context, listed(context.state, owner(context, 'read')), hook =>
      hookShape(context.state, hook),
    ),
  );

  router.post(base, context => {
    const { state, body } = context;
    const found = owner(context, 'write');
    const same = listed(state, found).some(
      hook => hook.config.url === body.config?.url,
    );
    if (same) {
      throw validationFailed([
        {
          resource: 'Hook',
          code: 'custom',
          message: 'Hook already exists on this repository',
        },
      ]);
    }
    const { config, events, active } = body;
    const hook = addHook(state, { ...found, config, events, active });
    const shape = hookShape(state, hook);
    ping(state, hook, shape, actorOf(context.principal));
    return reply(201, shape, { location: shape.url });
  });

  router.get(`${base}/:hook`, context =>
    reply(200, hookShape(context.state, hookOf(context, 'read'))),
  );

  router.patch(`${base}/:hook`, context => {
    const { state, body } = context;
    const hook = hookOf(context, 'write');
    hook.config = readConfig(body.config, hook.config);
    hook.events = body.events ?? hook.events;
    hook.active = body.active ?? hook.active;
    hook.updatedAt = now();
    return reply(200, hookShape(state, hook));
  });

  router.delete(`${base}/:hook`, context => {
    const { state } = context;
    const hook = hookOf(context, 'write');
    state.hooks = state.hooks.filter(other => other !== hook);
    return noContent();
  });

  router.post(`${base}/:hook/pings`, context => {
    const hook = hookOf(context, 'write');
    ping(
      context.state,
      hook,
      hookShape(context.state, hook),
      actorOf(context.principal),
    );
    return noContent();
  });

  router.get(`${base}/:hook/config`, context =>
    reply(200, hookShape(context.state, hookOf(context, 'read')).config),
  );

  router.patch(`${base}/:hook/config`, context => {
    const hook = hookOf(context, 'write');
    hook.config = readConfig(context.body, hook.config);
    return reply(200, hookShape(context.state, hook).config);
  });

  addDeliveries(router, base, hookOf);
}

/** `hookOf` finds the webhook of a request or refuses it. */
export function addDeliveries(router, base, hookOf) {
  const one = context => {
    const hook = hookOf(context, 'read');
    const found = context.state.deliveries.find(
      delivery =>
        delivery.hook === hook &&
        delivery.id === Number(context.params.delivery),
    );
    if (!found) {
      throw notFound();
    }
    return found;
  };
  // GitHub has one address for webhooks with an id, another for an App's
  const address = base === '/app/hook' ? base : `${base}/:hook`;

  router.get(`${address}/deliveries`, context => {
    const hook = hookOf(context, 'read');
    const list = context.state.deliveries.filter(
      delivery => delivery.hook === hook,
    );
    return page(context, list.reverse(), delivery => deliveryShape(delivery));
  });

  router.get(`${address}/deliveries/:delivery`, context =>
    reply(200, deliveryShape(one(context), { full: true })),
  );

  router.post(`${address}/deliveries/:delivery/attempts`, context => {
    redeliver(context.state, one(context));
    return reply(202, {});
  });
}

/** Webhooks of repositories and organisations, and what they delivered. */
export function addHookRoutes(router) {
  for (const owner of OWNERS) {
    addHooks(router, owner);
  }

  router.post('/repos/:owner/:repo/hooks/:hook/tests', async context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'admin', 'repository_hooks:write');
    const hook = state.hooks.find(
      candidate =>
        candidate.repository === repository &&
        candidate.id === Number(params.hook),
    );
    const sha = await repository.git.resolve(repository.defaultBranch);
    if (!hook || !sha) {
      throw notFound();
    }
    const head = commitShape(
      state,
      repository,
      await repository.git.commit(sha),
    );
    deliver(state, {
      hook,
      event: 'push',
      repository,
      payload: {
        ref: `refs/heads/${repository.defaultBranch}`,
        head_commit: head,
      },
    });
    return noContent();
  });
}
