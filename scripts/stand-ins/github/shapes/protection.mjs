import { simpleAccount, teamShape } from './accounts.mjs';

const enabled = value => ({ enabled: Boolean(value) });

function actors(state, repository, lists) {
  return {
    users: (lists.users ?? [])
      .map(login => state.users.get(login))
      .filter(Boolean)
      .map(user => simpleAccount(state, user)),
    teams: (lists.teams ?? []).map(slug =>
      teamShape(state, repository.owner.teams.get(slug)),
    ),
    apps: (lists.apps ?? []).map(slug => ({ slug })),
  };
}

/** `GET /repos/:owner/:repo/branches/:branch/protection`. */
export function protectionShape(state, repository, branch) {
  const protection = repository.protections.get(branch);
  const url = `${state.apiUrl}/repos/${repository.fullName}/branches/${branch}/protection`;
  const reviews = protection.required_pull_request_reviews;
  const checks = protection.required_status_checks;
  return {
    url,
    ...(checks && {
      required_status_checks: {
        url: `${url}/required_status_checks`,
        ...checks,
        contexts_url: `${url}/required_status_checks/contexts`,
      },
    }),
    ...(reviews && {
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: reviews.dismiss_stale_reviews ?? false,
        require_code_owner_reviews: reviews.require_code_owner_reviews ?? false,
        require_last_push_approval: reviews.require_last_push_approval ?? false,
        required_approving_review_count:
          reviews.required_approving_review_count ?? 1,
        ...(reviews.dismissal_restrictions && {
          dismissal_restrictions: actors(
            state,
            repository,
            reviews.dismissal_restrictions,
          ),
        }),
        ...(reviews.bypass_pull_request_allowances && {
          bypass_pull_request_allowances: actors(
            state,
            repository,
            reviews.bypass_pull_request_allowances,
          ),
        }),
      },
    }),
    ...(protection.restrictions && {
      restrictions: {
        url: `${url}/restrictions`,
        ...actors(state, repository, protection.restrictions),
      },
    }),
    enforce_admins: {
      url: `${url}/enforce_admins`,
      ...enabled(protection.enforce_admins),
    },
    required_signatures: {
      url: `${url}/required_signatures`,
      ...enabled(protection.required_signatures),
    },
    required_linear_history: enabled(protection.required_linear_history),
    allow_force_pushes: enabled(protection.allow_force_pushes),
    allow_deletions: enabled(protection.allow_deletions),
    block_creations: enabled(protection.block_creations),
    required_conversation_resolution: enabled(
      protection.required_conversation_resolution,
    ),
    lock_branch: enabled(protection.lock_branch),
    allow_fork_syncing: enabled(protection.allow_fork_syncing),
  };
}
