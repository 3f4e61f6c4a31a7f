import { emit } from '../hooks/events.mjs';
import { notFound, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { simpleAccount } from '../shapes/accounts.mjs';
import {
  isPermission,
  levelOf,
  normalizePermission,
  permissionsShape,
  roleName,
} from '../state/access.mjs';
import { actorOf } from '../state/principal.mjs';
import { repositoryOf } from './locate.mjs';

/** What single people may do with a repository. */
export function addCollaboratorRoutes(router) {
  const base = '/repos/:owner/:repo/collaborators';

  router.get(base, context => {
    const { state } = context;
    const repository = repositoryOf(context, 'push', 'metadata:read');
    const users = [...state.users.values()].filter(
      user =>
        levelOf(repository, { kind: 'user', user, scopes: ['repo'] }) !==
          'none' &&
        (repository.collaborators.has(user.login) ||
          (context.query.get('affiliation') !== 'direct' &&
            repository.owner.members?.has(user.login))),
    );
    return page(context, users, user => {
      const level = levelOf(repository, {
        kind: 'user',
        user,
        scopes: ['repo'],
      });
      return {
        ...simpleAccount(state, user),
        permissions: permissionsShape(level),
        role_name: roleName(level),
      };
    });
  });

  router.get(`${base}/:login/permission`, context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'pull', 'metadata:read');
    const user = state.users.get(params.login);
    if (!user) {
      throw notFound();
    }
    const level = levelOf(repository, { kind: 'user', user, scopes: ['repo'] });
    const coarse = { maintain: 'write', triage: 'read' };
    return reply(200, {
      permission: coarse[level] ?? roleName(level),
      role_name: roleName(level),
      user: {
        ...simpleAccount(state, user),
        permissions: permissionsShape(level),
      },
    });
  });

  router.put(`${base}/:login`, context => {
    const { state, params, body } = context;
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const user = state.users.get(params.login);
    if (!user) {
      throw notFound();
    }
    const permission = normalizePermission(body.permission ?? 'push');
    if (!isPermission(permission)) {
      throw validationFailed([
        { resource: 'Repository', field: 'permission', code: 'invalid' },
      ]);
    }
    const added = !repository.collaborators.has(user.login);
    repository.collaborators.set(user.login, permission);
    if (added) {
      emit(state, {
        event: 'member',
        action: 'added',
        repository,
        actor: actorOf(context.principal),
        payload: { member: simpleAccount(state, user) },
      });
    }
    return noContent();
  });

  router.delete(`${base}/:login`, context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const user = state.users.get(params.login);
    if (user && repository.collaborators.delete(user.login)) {
      emit(state, {
        event: 'member',
        action: 'removed',
        repository,
        actor: actorOf(context.principal),
        payload: { member: simpleAccount(state, user) },
      });
    }
    return noContent();
  });
}
