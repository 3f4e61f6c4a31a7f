import { blockedBy, mergedTree } from '../pulls/mergePull.mjs';
import { simpleAccount, teamShape } from './accounts.mjs';
import { repositoryShape } from './repository.mjs';

function sideShape(state, repository, side) {
  return {
    label: `${repository.owner.login}:${side.branch}`,
    ref: side.branch,
    sha: side.sha,
    user: simpleAccount(state, repository.owner),
    repo: repositoryShape(state, repository),
  };
}

async function statistics(pull) {
  const { git } = pull.repository;
  const from =
    (await git.mergeBase(pull.base.sha, pull.head.sha)) ?? pull.base.sha;
  const text = await git.text(['diff', '--numstat', from, pull.head.sha]);
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map(line => line.split('\t'));
  const sum = column =>
    rows.reduce((total, row) => total + (Number(row[column]) || 0), 0);
  const commits = await git.log(pull.head.sha, { not: [from] });
  return {
    commits: commits.length,
    additions: sum(0),
    deletions: sum(1),
    changed_files: rows.length,
  };
}

async function mergeability(state, pull) {
  if (pull.state !== 'open') {
    return { mergeable: null, rebaseable: null, mergeable_state: 'unknown' };
  }
  const { git } = pull.repository;
  const clean = Boolean(await mergedTree(git, pull.base.sha, pull.head.sha));
  const blocked = blockedBy(state, pull).length > 0;
  return {
    mergeable: clean,
    rebaseable: clean,
    mergeable_state:
      (!clean && 'dirty') ||
      (pull.draft && 'draft') ||
      (blocked && 'blocked') ||
      'clean',
  };
}

/** A pull request, in lists or (`full`) on its own. */
export async function pullShape(state, pull, { full } = {}) {
  const { repository, number } = pull;
  const api = `${state.apiUrl}/repos/${repository.fullName}`;
  const url = `${api}/pulls/${number}`;
  const html = `${state.url}/${repository.fullName}/pull/${number}`;
  return {
    url,
    id: pull.id,
    node_id: pull.nodeId,
    number,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${pull.head.sha}`,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    user: simpleAccount(state, pull.user),
    draft: pull.draft,
    labels: pull.labels.map(name => ({ name })),
    milestone: null,
    assignee: null,
    assignees: pull.assignees.map(user => simpleAccount(state, user)),
    requested_reviewers: pull.requestedUsers.map(user =>
      simpleAccount(state, user),
    ),
    requested_teams: pull.requestedTeams.map(team => teamShape(state, team)),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    head: sideShape(state, repository, pull.head),
    base: sideShape(state, repository, pull.base),
    author_association: 'MEMBER',
    auto_merge: null,
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: `${api}/issues/${number}` },
    },
    ...(full && {
      merged: Boolean(pull.mergedAt),
      merged_by: pull.mergedBy ? simpleAccount(state, pull.mergedBy) : null,
      ...(await mergeability(state, pull)),
      comments: 0,
      review_comments: 0,
      maintainer_can_modify: false,
      ...(await statistics(pull)),
    }),
  };
}
