import { permissionsShape, roleName } from '../state/access.mjs';
import { simpleAccount, simpleOrganization } from './accounts.mjs';

const FEATURES = {
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_downloads: true,
  has_discussions: false,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
};

const MERGE_SETTINGS = {
  allow_merge_commit: true,
  allow_squash_merge: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  allow_update_branch: false,
  delete_branch_on_merge: false,
  squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
  squash_merge_commit_message: 'COMMIT_MESSAGES',
  merge_commit_title: 'MERGE_MESSAGE',
  merge_commit_message: 'PR_TITLE',
};

export const SETTINGS = { ...FEATURES, ...MERGE_SETTINGS };

function addresses(state, { fullName }) {
  const api = `${state.apiUrl}/repos/${fullName}`;
  const { host } = new URL(state.url);
  return {
    url: api,
    html_url: `${state.url}/${fullName}`,
    clone_url: `${state.url}/${fullName}.git`,
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    svn_url: `${state.url}/${fullName}`,
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    hooks_url: `${api}/hooks`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
  };
}

/**
 * A repository.
 *
 * @param {object} [options]
 * @param {string} [options.level] what the caller may do with it
 * @param {boolean} [options.full] as `GET /repos/:owner/:repo` gives it
 */
export function repositoryShape(state, repository, { level, full } = {}) {
  const features = { ...SETTINGS, ...repository.features };
  const openIssues = repository.pulls.filter(pull => pull.state === 'open');
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: repository.fullName,
    owner: simpleAccount(state, repository.owner),
    private: repository.isPrivate,
    visibility: repository.visibility,
    description: repository.description,
    homepage: repository.homepage,
    fork: false,
    archived: repository.archived,
    disabled: false,
    default_branch: repository.defaultBranch,
    topics: repository.topics,
    language: null,
    license: null,
    mirror_url: null,
    size: repository.size ?? 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: openIssues.length,
    open_issues_count: openIssues.length,
    has_pages: false,
    ...Object.fromEntries(
      Object.keys(FEATURES).map(name => [name, features[name]]),
    ),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    ...addresses(state, repository),
    ...(level && {
      permissions: permissionsShape(level),
      role_name: roleName(level),
    }),
    ...(full && {
      ...Object.fromEntries(
        Object.keys(MERGE_SETTINGS).map(name => [name, features[name]]),
      ),
      custom_properties: repository.customProperties,
      network_count: 0,
      subscribers_count: 0,
      ...(repository.owner.kind === 'Organization' && {
        organization: simpleAccount(state, repository.owner),
      }),
    }),
  };
}

/** The parts of a webhook that tell where something happened. */
export function placeShape(state, repository) {
  return {
    repository: {
      ...repositoryShape(state, repository),
      custom_properties: repository.customProperties,
    },
    ...(repository.owner.kind === 'Organization' && {
      organization: simpleOrganization(state, repository.owner),
    }),
  };
}
