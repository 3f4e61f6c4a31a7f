import { notFound, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { fullTeam, simpleAccount, teamShape } from '../shapes/accounts.mjs';
import { slugify } from '../state/State.mjs';
import { now } from '../state/ids.mjs';
import { announceTeam } from './announceTeam.mjs';
import { organizationOf, teamOf } from './locate.mjs';

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
    announceTeam(context, team, { event: 'team', action: 'created' });
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
    announceTeam(context, team, {
      event: 'team',
      action: 'edited',
      payload: { changes },
    });
    return reply(200, fullTeam(state, team));
  });

  router.delete('/orgs/:org/teams/:team', context => {
    const team = teamOf(context, 'owner', 'members:write');
    team.organization.teams.delete(team.slug);
    announceTeam(context, team, { event: 'team', action: 'deleted' });
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
      announceTeam(context, team, {
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
    announceTeam(context, team, {
      event: 'membership',
      action: 'removed',
      payload: { scope: 'team', member: simpleAccount(state, user) },
    });
    return noContent();
  });
}

/** Teams and their members. */
export function addTeamRoutes(router) {
  addTeams(router);
  addMembers(router);
}
