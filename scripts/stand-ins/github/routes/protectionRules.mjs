import { GithubError } from '../http/GithubError.mjs';
import { userLevel } from '../state/access.mjs';

/** Whether a protection binds this caller; admins are free unless enforced. */
function binds(protection, repository, principal) {
  if (protection.enforce_admins) {
    return true;
  }
  return !(
    principal.kind === 'user' &&
    userLevel(repository, principal.user) === 'admin'
  );
}

function mayBypass(protection, principal) {
  const allowed =
    protection.required_pull_request_reviews?.bypass_pull_request_allowances;
  if (principal.kind === 'installation') {
    return Boolean(allowed?.apps?.includes(principal.installation.app.slug));
  }
  return Boolean(allowed?.users?.includes(principal.user.login));
}

/** Whether changes have to come through a pull request or a green check. */
const demandsPullRequest = protection =>
  Boolean(
    protection.required_pull_request_reviews ||
      protection.required_status_checks ||
      protection.restrictions,
  );

/**
 * What a Git client may not do here, for the repository's own hook.
 *
 * @returns {Record<string, string>} environment variables
 */
export function receiveEnvironment(repository, principal) {
  const none = { push: [], force: [], deletion: [] };
  for (const [branch, protection] of repository.protections) {
    if (!binds(protection, repository, principal)) {
      continue;
    }
    const ref = `refs/heads/${branch}`;
    if (demandsPullRequest(protection) && !mayBypass(protection, principal)) {
      none.push.push(ref);
    }
    if (!protection.allow_force_pushes) {
      none.force.push(ref);
    }
    if (!protection.allow_deletions) {
      none.deletion.push(ref);
    }
  }
  return {
    STAND_IN_NO_PUSH: none.push.join(' '),
    STAND_IN_NO_FORCE: none.force.join(' '),
    STAND_IN_NO_DELETION: none.deletion.join(' '),
    ...workflowEnvironment(principal),
  };
}

function workflowEnvironment(principal) {
  if (principal.kind === 'installation') {
    return principal.permissions.workflows === 'write'
      ? {}
      : {
          STAND_IN_NO_WORKFLOWS: 'a GitHub App',
          STAND_IN_WORKFLOW_RIGHT: 'workflows` permission',
        };
  }
  return principal.scopes.includes('workflow')
    ? {}
    : {
        STAND_IN_NO_WORKFLOWS: 'a Personal Access Token',
        STAND_IN_WORKFLOW_RIGHT: 'workflow` scope',
      };
}

/**
 * The same for changes over REST.
 *
 * @throws GithubError 409 or 422
 */
export function assertMayChange(
  repository,
  { branch, principal, force = false, deletion = false },
) {
  const protection = repository.protections.get(branch);
  if (!protection || !binds(protection, repository, principal)) {
    return;
  }
  if (deletion && !protection.allow_deletions) {
    throw new GithubError(422, 'Cannot delete this protected branch');
  }
  if (force && !protection.allow_force_pushes) {
    throw new GithubError(422, 'Cannot force-push to this branch');
  }
  if (demandsPullRequest(protection) && !mayBypass(protection, principal)) {
    throw new GithubError(
      409,
      'Could not create file: Changes must be made through a pull request.',
    );
  }
}
