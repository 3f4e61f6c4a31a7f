import { simpleAccount } from './accounts.mjs';

const unsigned = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** The account with the address of a commit, as GitHub links them. */
function accountOf(state, { email }) {
  for (const user of state.users.values()) {
    if (user.email && user.email.toLowerCase() === email.toLowerCase()) {
      return simpleAccount(state, user);
    }
  }
  return null;
}

/** A commit of `GET /repos/:owner/:repo/commits`. */
export function commitShape(state, repository, commit) {
  const api = `${state.apiUrl}/repos/${repository.fullName}`;
  const html = `${state.url}/${repository.fullName}/commit`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha.slice(0, 20)}`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: accountOf(state, commit.author),
    committer: accountOf(state, commit.committer),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/${sha}`,
    })),
  };
}

/** A commit of the Git database: `/repos/:owner/:repo/git/commits/:sha`. */
export function gitCommitShape(state, repository, commit) {
  const shape = commitShape(state, repository, commit);
  return {
    sha: commit.sha,
    node_id: shape.node_id,
    url: shape.commit.url,
    html_url: shape.html_url,
    author: commit.author,
    committer: commit.committer,
    tree: shape.commit.tree,
    message: commit.message,
    parents: shape.parents,
    verification: unsigned,
  };
}
