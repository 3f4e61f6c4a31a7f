import { GithubError } from '../http/GithubError.mjs';
import { atLeast, userLevel } from '../state/access.mjs';
import { isGreen } from '../state/statuses.mjs';

/** The tree that a merge gives, or undefined when there are conflicts. */
export async function mergedTree(git, base, head) {
  const text = await git.attempt(['merge-tree', '--write-tree', base, head]);
  return text?.split('\n')[0];
}

function approvals(pull) {
  const latest = new Map();
  for (const review of pull.reviews) {
    if (review.state !== 'COMMENTED') {
      latest.set(review.user, review);
    }
  }
  return [...latest.values()];
}

/** Why the protection of the base branch does not let it be merged yet. */
export function blockedBy(state, pull) {
  const { repository, base, head } = pull;
  const protection = repository.protections.get(base.branch);
  const reasons = [];
  const reviews = protection?.required_pull_request_reviews;
  if (reviews) {
    const wanted = reviews.required_approving_review_count ?? 1;
    const counted = approvals(pull).filter(({ user }) =>
      atLeast(userLevel(repository, user), 'push'),
    );
    const approved = counted.filter(review => review.state === 'APPROVED');
    if (counted.some(review => review.state === 'CHANGES_REQUESTED')) {
      reasons.push('Changes were requested by a reviewer with write access.');
    }
    if (approved.length < wanted) {
      reasons.push(
        `At least ${wanted} approving review is required by reviewers with write access.`,
      );
    }
    if (reviews.require_code_owner_reviews) {
      const missing = pull.codeOwners.filter(
        owner => !approved.some(({ user }) => speaksFor(state, user, owner)),
      );
      if (missing.length > 0) {
        reasons.push(
          `Waiting on code owner review from ${missing
            .map(owner => owner.replace(/^@/, ''))
            .join(' and/or ')}.`,
        );
      }
    }
  }
  for (const context of protection?.required_status_checks?.contexts ?? []) {
    if (!isGreen(repository, head.sha, context)) {
      reasons.push(`Required status check "${context}" is expected.`);
    }
  }
  return reasons;
}

/** Whether a user is, or is in the team of, a code owner. */
function speaksFor(state, user, owner) {
  const [login, slug] = owner.replace(/^@/, '').split('/');
  return slug
    ? Boolean(
        state.organizations
          .get(login)
          ?.teams.get(slug)
          ?.members.has(user.login),
      )
    : login.toLowerCase() === user.login.toLowerCase();
}

async function squash(pull, { base, tree, message, author }) {
  const { git } = pull.repository;
  return git.writeCommit({ tree, parents: [base], message, author });
}

async function rebase(pull, { base, committer }) {
  const { git } = pull.repository;
  const commits = await git.log(pull.head.sha, { not: [base] });
  let tip = base;
  for (const commit of commits.reverse()) {
    const args = [
      'merge-tree',
      '--write-tree',
      `--merge-base=${commit.parents[0]}`,
    ];
    const text = await git.attempt([...args, tip, commit.sha]);
    if (!text) {
      throw new GithubError(405, 'This branch can’t be rebased');
    }
    tip = await git.writeCommit({
      tree: text.split('\n')[0],
      parents: [tip],
      message: commit.message,
      author: commit.author,
      committer,
    });
  }
  return tip;
}

/**
 * Merges with Git.
 *
 * @returns {Promise<string>} the commit that the base branch gets
 * @throws GithubError 405 when it cannot be merged
 */
export async function mergePull(pull, { method, title, message, actor }) {
  const { repository, base, head, number } = pull;
  const { git } = repository;
  const tip = (await git.branches()).get(base.branch);
  const tree = await mergedTree(git, tip, head.sha);
  if (!tree) {
    throw new GithubError(405, 'Pull Request is not mergeable');
  }
  const author = { name: actor.name ?? actor.login, email: actor.email };
  const github = { name: 'GitHub', email: 'noreply@github.com' };
  switch (method) {
    case 'squash':
      return squash(pull, {
        base: tip,
        tree,
        author,
        message: `${title ?? `${pull.title} (#${number})`}\n\n${message ?? ''}`,
      });
    case 'rebase':
      return rebase(pull, { base: tip, committer: github });
    case 'merge': {
      const from = `${repository.owner.login}/${head.branch}`;
      return git.writeCommit({
        tree,
        parents: [tip, head.sha],
        author,
        committer: github,
        message: `${title ?? `Merge pull request #${number} from ${from}`}\n\n${
          message ?? pull.title
        }`,
      });
    }
    default:
      throw new GithubError(422, 'Invalid merge method');
  }
}
