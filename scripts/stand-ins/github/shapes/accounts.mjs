/** A user or organisation as it appears inside other answers. */
export function simpleAccount(state, account) {
  const api = `${state.apiUrl}/users/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${state.url}/avatars/u/${account.id}`,
    gravatar_id: '',
    url: api,
    html_url: `${state.url}/${account.login}`,
    followers_url: `${api}/followers`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.kind,
    user_view_type: 'public',
    site_admin: account.siteAdmin ?? false,
  };
}

/** `GET /users/:login` and `GET /user`. */
export function fullAccount(state, account) {
  return {
    ...simpleAccount(state, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: account.bio ?? account.description ?? null,
    public_repos: state
      .repositoriesOf(account)
      .filter(({ visibility }) => visibility === 'public').length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
    ...(account.kind === 'User' && {
      suspended_at: account.suspendedAt ?? null,
    }),
  };
}

/** An organisation as it appears in webhooks and lists. */
export function simpleOrganization(state, organization) {
  const api = `${state.apiUrl}/orgs/${organization.login}`;
  return {
    login: organization.login,
    id: organization.id,
    node_id: organization.nodeId,
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${state.url}/avatars/u/${organization.id}`,
    description: organization.description,
  };
}

/** `GET /orgs/:org`. */
export function fullOrganization(state, organization) {
  const repositories = state.repositoriesOf(organization);
  const open = repositories.filter(({ visibility }) => visibility === 'public');
  return {
    ...simpleOrganization(state, organization),
    name: organization.name,
    email: organization.email,
    html_url: `${state.url}/${organization.login}`,
    type: 'Organization',
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: open.length,
    total_private_repos: repositories.length - open.length,
    public_gists: 0,
    followers: 0,
    following: 0,
    default_repository_permission: organization.basePermission,
    members_can_create_repositories: organization.membersCanCreateRepositories,
    created_at: organization.createdAt,
    updated_at: organization.createdAt,
  };
}

/** A team, in lists, in full and in webhooks. */
export function teamShape(state, team, { nested = false } = {}) {
  const { organization } = team;
  const parent = team.parent && organization.teams.get(team.parent);
  const api = `${state.apiUrl}/organizations/${organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: team.nodeId,
    url: api,
    html_url: `${state.url}/orgs/${organization.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: team.notificationSetting,
    permission: 'pull',
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    ...(!nested && {
      parent: parent ? teamShape(state, parent, { nested: true }) : null,
    }),
  };
}

/** `GET /orgs/:org/teams/:slug`. */
export function fullTeam(state, team) {
  return {
    ...teamShape(state, team),
    members_count: team.members.size,
    repos_count: team.repositories.size,
    organization: fullOrganization(state, team.organization),
    created_at: team.createdAt,
    updated_at: team.updatedAt,
  };
}
