import { emit } from '../hooks/events.mjs';
import { notFound, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { fullTeam, simpleAccount, teamShape } from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import {
  isPermission,
  levelOf,
  normalizePermission,
  permissionsShape,
  roleName,
} from '../state/access.mjs';
import { now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import { slugify } from '../state/State.mjs';
import { organizationOf, repositoryOf, teamOf } from './locate.mjs';

function announce(context, team, { event, action, payload, repository }) {
  const { state, principal } = context;
  emit(state, {
    event,
    action,
    organization: team.organization,
    repository,
    actor: actorOf(principal),
    payload: { team: teamShape(state, team), ...payload },
  });
}

function parentSlug(organization, id) {
  if (id === null || id === undefined) {
    return undefined;
  }
  const parent = [...organization.teams.values()].find(
    team => team.id === Number(id),
  );
  if (!parent) {
    throw validationFailed([
      { resource: 'Team', field: 'parent_team_id', code: 'invalid' },
    ]);
  }
  return parent.slug;
}

const membershipShape = (state, team, login) => ({
  url: `${state.apiUrl}/organizations/${team.organization.id}/team/${team.id}/memberships/${login}`,
  role: team.members.get(login),
  state: 'active',
});

function addTeams(router) {
  router.get('/orgs/:org/teams', context => {
    const organization = organizationOf(context, 'member', 'members:read');
    return page(context, [...organization.teams.values()], team =>
      teamShape(context.state, team),
    );
  });

  router.post('/orgs/:org/teams', context => {
    const { state, body } = context;
    const organization = organizationOf(context, 'member', 'members:write');
    const name = String(body.name ?? '').trim();
    if (!name) {
      throw validationFailed([
        { resource: 'Team', field: 'name', code: 'missing_field' },
      ]);
    }
    if (organization.teams.has(slugify(name))) {
      throw validationFailed([
        {
          resource: 'Team',
          field: 'name',
          code: 'unprocessable',
          message: 'Name must be unique for this org',
        },
      ]);
    }
    const team = state.addTeam(organization, {
      name,
      description: body.description,
      privacy: body.privacy,
      parent: parentSlug(organization, body.parent_team_id),
    });
    for (const login of body.maintainers ?? []) {
      team.members.set(login, 'maintainer');
    }
    announce(context, team, { event: 'team', action: 'created' });
    return reply(201, fullTeam(state, team));
  });

  router.get('/orgs/:org/teams/:team', context =>
    reply(
      200,
      fullTeam(context.state, teamOf(context, 'member', 'members:read')),
    ),
  );

  router.patch('/orgs/:org/teams/:team', context => {
    const { state, body } = context;
    const team = teamOf(context, 'owner', 'members:write');
    const { organization } = team;
    const changes = {};
    for (const field of ['name', 'description', 'privacy']) {
      if (body[field] !== undefined && body[field] !== team[field]) {
        changes[field] = { from: team[field] };
        team[field] = body[field];
      }
    }
    if (changes.name) {
      organization.teams.delete(team.slug);
      team.slug = slugify(team.name);
      organization.teams.set(team.slug, team);
    }
    if (body.parent_team_id !== undefined) {
      team.parent = parentSlug(organization, body.parent_team_id);
    }
    team.updatedAt = now();
    announce(context, team, {
      event: 'team',
      action: 'edited',
      payload: { changes },
    });
    return reply(200, fullTeam(state, team));
  });

  router.delete('/orgs/:org/teams/:team', context => {
    const team = teamOf(context, 'owner', 'members:write');
    team.organization.teams.delete(team.slug);
    announce(context, team, { event: 'team', action: 'deleted' });
    return noContent();
  });

  router.get('/orgs/:org/teams/:team/teams', context => {
    const team = teamOf(context, 'member', 'members:read');
    const children = [...team.organization.teams.values()].filter(
      child => child.parent === team.slug,
    );
    return page(context, children, child => teamShape(context.state, child));
  });
}

function addMembers(router) {
  router.get('/orgs/:org/teams/:team/members', context => {
    const { state } = context;
    const team = teamOf(context, 'member', 'members:read');
    return page(context, [...team.members.keys()], login =>
      simpleAccount(state, state.users.get(login)),
    );
  });

  const address = '/orgs/:org/teams/:team/memberships/:login';

  router.get(address, context => {
    const { state, params } = context;
    const team = teamOf(context, 'member', 'members:read');
    if (!team.members.has(params.login)) {
      throw notFound();
    }
    return reply(200, membershipShape(state, team, params.login));
  });

  router.put(address, context => {
    const { state, params, body } = context;
    const team = teamOf(context, 'owner', 'members:write');
    const user = state.users.get(params.login);
    if (!user) {
      throw notFound();
    }
    const { members } = team.organization;
    if (!members.has(user.login)) {
      members.set(user.login, 'member');
    }
    const added = !team.members.has(user.login);
    team.members.set(user.login, body.role ?? 'member');
    if (added) {
      announce(context, team, {
        event: 'membership',
        action: 'added',
        payload: { scope: 'team', member: simpleAccount(state, user) },
      });
    }
    return reply(200, membershipShape(state, team, user.login));
  });

  router.delete(address, context => {
    const { state, params } = context;
    const team = teamOf(context, 'owner', 'members:write');
    const user = state.users.get(params.login);
    if (!user || !team.members.delete(user.login)) {
      throw notFound();
    }
    announce(context, team, {
      event: 'membership',
      action: 'removed',
      payload: { scope: 'team', member: simpleAccount(state, user) },
    });
    return noContent();
  });
}

function addRepositories(router) {
  const shape = (context, team, repository) =>
    repositoryShape(context.state, repository, {
      level: team.repositories.get(repository.fullName),
    });

  router.get('/orgs/:org/teams/:team/repos', context => {
    const { state } = context;
    const team = teamOf(context, 'member', 'members:read');
    const names = [...team.repositories.keys()];
    return page(context, names, name =>
      shape(context, team, state.repositories.get(name)),
    );
  });

  const address = '/orgs/:org/teams/:team/repos/:owner/:repo';

  router.get(address, context => {
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context);
    if (!team.repositories.has(repository.fullName)) {
      throw notFound();
    }
    const { accept = '' } = context.req.headers;
    return accept.includes('repository+json')
      ? reply(200, shape(context, team, repository))
      : noContent();
  });

  router.put(address, context => {
    const { body } = context;
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const permission = normalizePermission(body.permission ?? 'push');
    if (!isPermission(permission)) {
      throw validationFailed([
        { resource: 'TeamMember', field: 'permission', code: 'invalid' },
      ]);
    }
    if (repository.owner !== team.organization) {
      throw notFound();
    }
    const added = !team.repositories.has(repository.fullName);
    team.repositories.set(repository.fullName, permission);
    if (added) {
      announce(context, team, {
        event: 'team',
        action: 'added_to_repository',
        repository,
      });
    }
    return noContent();
  });

  router.delete(address, context => {
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context, 'admin', 'administration:write');
    if (team.repositories.delete(repository.fullName)) {
      announce(context, team, {
        event: 'team',
        action: 'removed_from_repository',
        repository,
      });
    }
    return noContent();
  });

  router.get('/repos/:owner/:repo/teams', context => {
    const { state } = context;
    const repository = repositoryOf(context, 'pull', 'administration:read');
    return page(context, state.teamsWith(repository), team => {
      const level = team.repositories.get(repository.fullName);
      return {
        ...teamShape(state, team),
        permission: level,
        permissions: permissionsShape(level),
      };
    });
  });
}

function addCollaborators(router) {
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

/** Teams, their members, and what they and single people may do with repositories. */
export function addTeamRoutes(router) {
  addTeams(router);
  addMembers(router);
  addRepositories(router);
  addCollaborators(router);
}
