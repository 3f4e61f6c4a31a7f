import { deliveriesSettled, redeliver } from '../hooks/deliver.mjs';
import { emit } from '../hooks/events.mjs';
import { GithubError, notFound } from '../http/GithubError.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { createCheckRun } from '../routes/checks.mjs';
import { addHook } from '../routes/hooks.mjs';
import { fullAccount } from '../shapes/accounts.mjs';
import { deliveryShape, hookShape } from '../shapes/hook.mjs';
import { secretToken } from '../state/ids.mjs';
import { issueUserToken } from '../state/principal.mjs';

function userOf({ state }, login) {
  const user = state.users.get(login ?? '');
  if (!user) {
    throw notFound();
  }
  return user;
}

function addObservation(router) {
  router.get('/_control/requests', ({ state, query }) =>
    reply(
      200,
      state.requests.list({
        path: query.get('path') ?? undefined,
        method: query.get('method') ?? undefined,
      }),
    ),
  );
  router.delete('/_control/requests', ({ state }) => {
    state.requests.clear();
    return noContent();
  });

  router.get('/_control/deliveries', async ({ state, query }) => {
    if (query.has('settled')) {
      await deliveriesSettled(state);
    }
    return reply(
      200,
      state.deliveries.map(delivery => ({
        ...deliveryShape(delivery, { full: true }),
        hook_id: delivery.hook.id,
        body: delivery.request.body,
      })),
    );
  });
  router.post(
    '/_control/deliveries/:id/redeliver',
    async ({ state, params }) => {
      const found = state.deliveries.find(({ id }) => id === Number(params.id));
      if (!found) {
        throw notFound();
      }
      const repeated = redeliver(state, found);
      await repeated.done;
      return reply(200, deliveryShape(repeated, { full: true }));
    },
  );
}

function addFaults(router) {
  router.get('/_control/faults', ({ state }) =>
    reply(200, state.faults.list()),
  );
  router.post('/_control/faults', ({ state, body }) => {
    try {
      return reply(201, { id: state.faults.add(body).id });
    } catch (error) {
      throw new GithubError(422, error.message);
    }
  });
  router.delete('/_control/faults', ({ state }) => {
    state.faults.clear();
    return noContent();
  });
  router.delete('/_control/faults/:id', ({ state, params }) => {
    state.faults.remove(Number(params.id));
    return noContent();
  });
}

function addCredentials(router) {
  router.post('/_control/tokens', context => {
    const { state, body } = context;
    const user = userOf(context, body.login);
    const token = issueUserToken(state, user, {
      scopes: body.scopes,
      expiresAt:
        body.expiresInSeconds === undefined
          ? undefined
          : Date.now() + body.expiresInSeconds * 1000,
    });
    return reply(201, { token });
  });

  router.post('/_control/oidc/tokens', async ({ state, body }) => {
    if (!/^[^/]+\/[^/]+$/.test(body.repository ?? '')) {
      throw new GithubError(422, 'repository has to be "owner/name"');
    }
    return reply(201, { value: await state.actionsTokens.mint(body) });
  });
}

function addPeople(router) {
  router.post('/_control/users', ({ state, body }) => {
    if (!body.login || state.account(body.login)) {
      throw new GithubError(422, 'login has to be a new one');
    }
    const user = state.addUser(body);
    const [organization] = state.organizations.values();
    if (body.role) {
      organization.members.set(user.login, body.role);
      emit(state, {
        event: 'organization',
        action: 'member_added',
        organization,
        actor: user,
        payload: {
          membership: {
            state: 'active',
            role: body.role,
            user: fullAccount(state, user),
          },
        },
      });
    }
    return reply(201, {
      ...fullAccount(state, user),
      token: issueUserToken(state, user, body),
    });
  });
  router.patch('/_control/users/:login', context => {
    const { state, params, body } = context;
    const user = userOf(context, params.login);
    for (const field of ['name', 'email', 'bio']) {
      user[field] = body[field] === undefined ? user[field] : body[field];
    }
    if (body.suspended !== undefined) {
      user.suspendedAt = body.suspended ? new Date().toISOString() : null;
    }
    return reply(200, fullAccount(state, user));
  });
}

function addWebhooks(router) {
  /** The organisation's webhook, in place of those that were there. */
  router.put('/_control/webhook', ({ state, body }) => {
    const [organization] = state.organizations.values();
    const secret = body.secret ?? secretToken('whs');
    state.hooks = state.hooks.filter(
      hook => hook.organization !== organization,
    );
    const hook = addHook(state, {
      organization,
      config: { content_type: 'json', ...body, secret },
      events: body.events ?? ['*'],
    });
    return reply(200, { ...hookShape(state, hook), secret });
  });

  router.put('/_control/app/webhook', ({ state, body }) => {
    const [app] = state.apps;
    app.hook.config.url = body.url;
    app.hook.config.secret = body.secret ?? app.hook.config.secret;
    app.hook.events = body.events ?? app.hook.events;
    return reply(200, { id: app.hook.id, secret: app.hook.config.secret });
  });

  /** `repositories`: names the installation is for; null for all. */
  router.patch('/_control/app/installation', ({ state, body }) => {
    const [app] = state.apps;
    const [installation] = app.installations;
    if (body.repositories !== undefined) {
      installation.repositoryIds =
        body.repositories?.map(
          name => state.repository(installation.account.login, name)?.id ?? -1,
        ) ?? undefined;
    }
    app.permissions = body.permissions ?? app.permissions;
    return noContent();
  });
}

/** What tests ask of the stand-in itself; no GitHub has these addresses. */
export function addControlRoutes(router) {
  addObservation(router);
  addFaults(router);
  addCredentials(router);
  addPeople(router);
  addWebhooks(router);
  /** What a workflow would report: `{ repository, head_sha, name, … }`. */
  router.post('/_control/check-runs', async ({ state, body }) => {
    const repository = state.repositories.get(body.repository ?? '');
    if (!repository) {
      throw notFound();
    }
    const actor = [...state.users.values()][0];
    return reply(201, await createCheckRun(state, repository, { body, actor }));
  });
  router.post('/_control/emulate/:ticket', ({ state, params, req, body }) => {
    state.longTail.receive({
      ticket: params.ticket,
      event: req.headers['x-github-event'],
      payload: body,
    });
    return noContent();
  });
}
