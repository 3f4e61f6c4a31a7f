import { emit } from '../hooks/events.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import {
  fullOrganization,
  simpleAccount,
  simpleOrganization,
} from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { isMember, levelOf } from '../state/access.mjs';
import { actorOf } from '../state/principal.mjs';
import { organizationOf, requireUser } from './locate.mjs';

function membershipShape(state, organization, user) {
  return {
    url: `${state.apiUrl}/orgs/${organization.login}/memberships/${user.login}`,
    state: 'active',
    role: organization.members.get(user.login),
    organization_url: `${state.apiUrl}/orgs/${organization.login}`,
    organization: simpleOrganization(state, organization),
    user: simpleAccount(state, user),
  };
}

function memberOf({ state, params }, organization) {
  const user = state.users.get(params.login);
  if (!user || !organization.members.has(user.login)) {
    throw notFound();
  }
  return user;
}

function announce(context, organization, action, user, role) {
  const { state, principal } = context;
  emit(state, {
    event: 'organization',
    action,
    organization,
    actor: actorOf(principal),
    payload: {
      membership: {
        ...membershipShape(state, organization, user),
        role: role ?? organization.members.get(user.login),
      },
    },
  });
}

function removeMember(context, organization, user) {
  const role = organization.members.get(user.login);
  organization.members.delete(user.login);
  for (const team of organization.teams.values()) {
    team.members.delete(user.login);
  }
  announce(context, organization, 'member_removed', user, role);
}

/** Organisations and who belongs to them. */
export function addOrganizationRoutes(router) {
  router.get('/organizations', context =>
    page(context, [...context.state.organizations.values()], organization =>
      simpleOrganization(context.state, organization),
    ),
  );

  router.get('/orgs/:org', context =>
    reply(200, fullOrganization(context.state, organizationOf(context))),
  );

  router.patch('/orgs/:org', context => {
    const organization = organizationOf(
      context,
      'owner',
      'organization_administration:write',
    );
    const { body } = context;
    organization.name = body.name ?? organization.name;
    organization.description = body.description ?? organization.description;
    organization.email = body.email ?? organization.email;
    organization.basePermission =
      body.default_repository_permission ?? organization.basePermission;
    organization.membersCanCreateRepositories =
      body.members_can_create_repositories ??
      organization.membersCanCreateRepositories;
    return reply(200, fullOrganization(context.state, organization));
  });

  router.get('/orgs/:org/members', context => {
    const { state, query } = context;
    const organization = organizationOf(context, 'member', 'members:read');
    const role = query.get('role') ?? 'all';
    const logins = [...organization.members]
      .filter(([, given]) => role === 'all' || role === given)
      .map(([login]) => login);
    return page(context, logins, login =>
      simpleAccount(state, state.users.get(login)),
    );
  });

  router.get('/orgs/:org/members/:login', context => {
    const organization = organizationOf(context, 'member', 'members:read');
    memberOf(context, organization);
    return noContent();
  });

  router.delete('/orgs/:org/members/:login', context => {
    const organization = organizationOf(context, 'owner', 'members:write');
    removeMember(context, organization, memberOf(context, organization));
    return noContent();
  });

  router.get('/orgs/:org/memberships/:login', context => {
    const organization = organizationOf(context, 'member', 'members:read');
    const user = memberOf(context, organization);
    return reply(200, membershipShape(context.state, organization, user));
  });

  router.put('/orgs/:org/memberships/:login', context => {
    const { state, params, body } = context;
    const organization = organizationOf(context, 'owner', 'members:write');
    const user = state.users.get(params.login);
    if (!user) {
      throw notFound();
    }
    const role = body.role ?? 'member';
    if (!['admin', 'member'].includes(role)) {
      throw validationFailed([
        { resource: 'OrganizationMembership', field: 'role', code: 'invalid' },
      ]);
    }
    const added = !organization.members.has(user.login);
    organization.members.set(user.login, role);
    if (added) {
      announce(context, organization, 'member_added', user);
    }
    return reply(200, membershipShape(state, organization, user));
  });

  router.delete('/orgs/:org/memberships/:login', context => {
    const organization = organizationOf(context, 'owner', 'members:write');
    removeMember(context, organization, memberOf(context, organization));
    return noContent();
  });

  router.get('/user/memberships/orgs/:org', context => {
    const user = requireUser(context);
    const organization = organizationOf(context);
    if (!organization.members.has(user.login)) {
      throw new GithubError(403, 'You must be a member of the organization');
    }
    return reply(200, membershipShape(context.state, organization, user));
  });

  router.get('/orgs/:org/repos', context => {
    const { state, principal } = context;
    const organization = organizationOf(context);
    const visible = state
      .repositoriesOf(organization)
      .filter(repository => levelOf(repository, principal) !== 'none');
    return page(context, visible, repository =>
      repositoryShape(state, repository, {
        level: isMember(organization, principal)
          ? levelOf(repository, principal)
          : undefined,
      }),
    );
  });
}
