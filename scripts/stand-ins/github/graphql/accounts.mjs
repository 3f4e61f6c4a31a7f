import { isMember, isOwner, levelOf } from '../state/access.mjs';
import { connection } from './connection.mjs';
import { typedError, unresolved } from './errors.mjs';
import { repositoryNode } from './repositories.mjs';

const ORGANIZATION_SCOPES = ['read:org', 'write:org', 'admin:org'];

const avatar = (state, account) => `${state.url}/avatars/u/${account.id}`;

/** Members and teams are for members, with the right scope or permission. */
function assertInside(organization, { principal }) {
  if (principal.kind === 'installation') {
    if (!principal.permissions.members) {
      throw typedError('FORBIDDEN', 'Resource not accessible by integration');
    }
  } else if (
    !ORGANIZATION_SCOPES.some(scope => principal.scopes.includes(scope))
  ) {
    throw typedError(
      'INSUFFICIENT_SCOPES',
      `Your token has not been granted the required scopes to execute this query. The field requires one of the following scopes: ['read:org'], but your token has only been granted the: ${JSON.stringify(
        principal.scopes,
      )} scopes.`,
    );
  }
  return isMember(organization, principal);
}

function repositoriesOf(owner) {
  return (args, context) => {
    const { state, principal } = context;
    const visible = state
      .repositoriesOf(owner)
      .filter(repository => levelOf(repository, principal) !== 'none')
      .filter(
        ({ archived, visibility }) =>
          (args.isArchived ?? archived) === archived &&
          (args.visibility ?? visibility.toUpperCase()) ===
            visibility.toUpperCase() &&
          args.isFork !== true,
      );
    return connection('repositories', visible, args, repository =>
      repositoryNode(context, repository),
    );
  };
}

const repositoryOf = owner => (args, context) => {
  const { state, principal } = context;
  const found = state.repository(owner.login, args.name);
  if (!found || levelOf(found, principal) === 'none') {
    throw unresolved('a Repository', `the name '${owner.login}/${args.name}'`);
  }
  return repositoryNode(context, found);
};

export function userNode(context, user) {
  const { state } = context;
  return {
    __typename: 'User',
    id: user.nodeId,
    databaseId: user.id,
    login: user.login,
    name: user.name,
    email: user.email ?? '',
    bio: user.bio,
    avatarUrl: avatar(state, user),
    url: `${state.url}/${user.login}`,
    isSiteAdmin: user.siteAdmin,
    createdAt: user.createdAt,
    suspendedAt: user.suspendedAt,
    // No domain is verified here
    organizationVerifiedDomainEmails: () => [],
    organizations: args => {
      const organizations = [...state.organizations.values()].filter(
        ({ members }) => members.has(user.login),
      );
      return connection('organizations', organizations, args, organization =>
        organizationNode(context, organization),
      );
    },
    repositories: repositoriesOf(user),
    repository: repositoryOf(user),
  };
}

function teamNode(context, team) {
  const { state } = context;
  const { organization } = team;
  const url = `${state.url}/orgs/${organization.login}/teams/${team.slug}`;
  const parent = team.parent && organization.teams.get(team.parent);
  const all = [...organization.teams.values()];
  const children = all.filter(child => child.parent === team.slug);
  const membersOf = membership => {
    const own = [...team.members];
    const inherited = children.flatMap(child => [...child.members]);
    const wanted = {
      IMMEDIATE: own,
      CHILD_TEAM: inherited,
      ALL: [...new Map([...inherited, ...own])],
    };
    return wanted[membership];
  };
  return {
    __typename: 'Team',
    id: team.nodeId,
    databaseId: team.id,
    slug: team.slug,
    combinedSlug: `${organization.login}/${team.slug}`,
    name: team.name,
    description: team.description,
    avatarUrl: `${state.url}/avatars/t/${team.id}`,
    editTeamUrl: `${url}/edit`,
    url,
    privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
    organization: () => organizationNode(context, organization),
    parentTeam: () => (parent ? teamNode(context, parent) : null),
    childTeams: args =>
      connection('childTeams', children, args, child =>
        teamNode(context, child),
      ),
    members: args => {
      const members = membersOf(args.membership).filter(
        ([, role]) => !args.role || role.toUpperCase() === args.role,
      );
      return connection(
        'members',
        members,
        args,
        ([login]) => userNode(context, state.users.get(login)),
        ([, role]) => ({ role: role.toUpperCase() }),
      );
    },
    repositories: args =>
      connection(
        'repositories',
        [...team.repositories],
        args,
        ([name]) => repositoryNode(context, state.repositories.get(name)),
        ([, permission]) => ({ permission: permission.toUpperCase() }),
      ),
  };
}

export function organizationNode(context, organization) {
  const { state, principal } = context;
  return {
    __typename: 'Organization',
    id: organization.nodeId,
    databaseId: organization.id,
    login: organization.login,
    name: organization.name,
    email: organization.email,
    description: organization.description,
    avatarUrl: avatar(state, organization),
    url: `${state.url}/${organization.login}`,
    createdAt: organization.createdAt,
    viewerIsAMember: () => isMember(organization, principal),
    viewerCanAdminister: () => isOwner(organization, principal),
    membersWithRole: args => {
      const inside = assertInside(organization, context);
      return connection(
        'membersWithRole',
        inside ? [...organization.members] : [],
        args,
        ([login]) => userNode(context, state.users.get(login)),
        ([, role]) => ({ role: role.toUpperCase() }),
      );
    },
    team: args => {
      const inside = assertInside(organization, context);
      const team = organization.teams.get(args.slug);
      return inside && team ? teamNode(context, team) : null;
    },
    teams: args => {
      const inside = assertInside(organization, context);
      const logins = args.userLogins;
      const teams = [...organization.teams.values()].filter(
        team =>
          inside &&
          (!args.rootTeamsOnly || !team.parent) &&
          (!args.query || team.name.includes(args.query)) &&
          (!logins || logins.some(login => team.members.has(login))),
      );
      return connection('teams', teams, args, team => teamNode(context, team));
    },
    repositories: repositoriesOf(organization),
    repository: repositoryOf(organization),
  };
}

export const accountNode = (context, account) =>
  account.kind === 'Organization'
    ? organizationNode(context, account)
    : userNode(context, account);
