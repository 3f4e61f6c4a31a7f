import { generateKeyPairSync } from 'node:crypto';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { now } from '../state/ids.mjs';
import { repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo';

/** A key of the form that clients seal secrets with. */
function publicKey(repository) {
  repository.secretsKey ??= {
    key_id: String(repository.id),
    key: generateKeyPairSync('x25519')
      .publicKey.export({ format: 'der', type: 'spki' })
      .subarray(-32)
      .toString('base64'),
  };
  return repository.secretsKey;
}

function addSecrets(router) {
  const address = `${base}/actions/secrets`;
  const locate = (context, action) =>
    repositoryOf(context, 'push', `secrets:${action}`);
  const shape = ({ name, createdAt, updatedAt }) => ({
    name,
    created_at: createdAt,
    updated_at: updatedAt,
  });

  router.get(`${address}/public-key`, context =>
    reply(200, publicKey(locate(context, 'read'))),
  );
  router.get(address, context =>
    page(
      context,
      [...locate(context, 'read').secrets.values()],
      shape,
      'secrets',
    ),
  );
  router.get(`${address}/:name`, context => {
    const found = locate(context, 'read').secrets.get(context.params.name);
    if (!found) {
      throw notFound();
    }
    return reply(200, shape(found));
  });
  router.put(`${address}/:name`, context => {
    const repository = locate(context, 'write');
    const { params, body } = context;
    const name = params.name.toUpperCase();
    if (!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/.test(name)) {
      throw new GithubError(
        422,
        'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_).',
      );
    }
    if (!body.encrypted_value || body.key_id !== publicKey(repository).key_id) {
      throw new GithubError(422, 'Bad request - key_id does not match');
    }
    const known = repository.secrets.get(name);
    repository.secrets.set(name, {
      name,
      createdAt: known?.createdAt ?? now(),
      updatedAt: now(),
    });
    return known ? noContent() : reply(201, {});
  });
  router.delete(`${address}/:name`, context => {
    if (!locate(context, 'write').secrets.delete(context.params.name)) {
      throw notFound();
    }
    return noContent();
  });
}

function addVariables(router) {
  const address = `${base}/actions/variables`;
  const locate = (context, action) =>
    repositoryOf(context, 'push', `actions_variables:${action}`);
  const shape = ({ name, value, createdAt, updatedAt }) => ({
    name,
    value,
    created_at: createdAt,
    updated_at: updatedAt,
  });
  const one = (context, action) => {
    const found = locate(context, action).variables.get(context.params.name);
    if (!found) {
      throw notFound();
    }
    return found;
  };

  router.get(address, context =>
    page(
      context,
      [...locate(context, 'read').variables.values()],
      shape,
      'variables',
    ),
  );
  router.post(address, context => {
    const { variables } = locate(context, 'write');
    const { name, value } = context.body;
    if (!name || value === undefined) {
      throw validationFailed([
        {
          resource: 'Variable',
          field: name ? 'value' : 'name',
          code: 'missing_field',
        },
      ]);
    }
    if (variables.has(name)) {
      throw new GithubError(409, 'Already exists - Variable already exists');
    }
    variables.set(name, {
      name: name.toUpperCase(),
      value,
      createdAt: now(),
      updatedAt: now(),
    });
    return reply(201, {});
  });
  router.get(`${address}/:name`, context =>
    reply(200, shape(one(context, 'read'))),
  );
  router.patch(`${address}/:name`, context => {
    const found = one(context, 'write');
    found.value = context.body.value ?? found.value;
    found.updatedAt = now();
    return noContent();
  });
  router.delete(`${address}/:name`, context => {
    one(context, 'write');
    locate(context, 'write').variables.delete(context.params.name);
    return noContent();
  });
}

/** Settings of a repository that workflows and scaffolding use. */
export function addActionsRoutes(router) {
  addSecrets(router);
  addVariables(router);

  const subject = `${base}/actions/oidc/customization/sub`;
  router.get(subject, context =>
    reply(200, repositoryOf(context, 'push', 'actions:read').oidcSubject),
  );
  router.put(subject, context => {
    const repository = repositoryOf(context, 'push', 'actions:write');
    repository.oidcSubject = context.body;
    return reply(201, {});
  });

  router.get(`${base}/properties/values`, context => {
    const { customProperties } = repositoryOf(context);
    return reply(
      200,
      Object.entries(customProperties).map(([name, value]) => ({
        property_name: name,
        value,
      })),
    );
  });
  router.patch(`${base}/properties/values`, context => {
    const { customProperties } = repositoryOf(
      context,
      'admin',
      'repository_custom_properties:write',
    );
    for (const { property_name: name, value } of context.body.properties ??
      []) {
      customProperties[name] = value;
    }
    return noContent();
  });

  router.put(`${base}/subscription`, context => {
    repositoryOf(context);
    return reply(200, { subscribed: true, ignored: false, reason: null });
  });
  router.get(`${base}/forks`, context => {
    repositoryOf(context);
    return page(context, []);
  });
}
