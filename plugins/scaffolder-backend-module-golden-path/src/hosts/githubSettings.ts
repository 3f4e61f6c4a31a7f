import { setTimeout as sleep } from 'node:timers/promises';
import { GithubProtectionConfig } from '../config/GithubHostConfig';
import { GithubApi } from './GithubApi';
import { BranchProtection, HostAddress } from './RepositoryHost';
import { restPath } from './repositoryPaths';

/** How long GitHub may take to know a branch that was pushed. */
const PATIENCE_MS = [250, 500, 1_000, 2_000, 4_000];

/** What GitHub says where the plan has no protection for such a repository. */
const NOT_IN_THE_PLAN = /upgrade to github/i;

/** The plan of the organization has no branch protection. */
class NotInThePlanError extends Error {}

/** @internal */
export async function setDefaultBranch(options: {
  api: GithubApi;
  needs: string;
  address: HostAddress;
  branch: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { api, needs, address, branch, signal } = options;
  await onceTheBranchIsKnown(signal, () =>
    api.request({
      organization: address.organization,
      method: 'PATCH',
      path: restPath(address),
      body: { default_branch: branch },
      needs,
      signal,
    }),
  );
}

/**
 * Demands a reviewed pull request on a branch. Repeating it changes nothing.
 *
 * @internal
 */
export async function protectGithubBranch(options: {
  api: GithubApi;
  config: GithubProtectionConfig;
  needs: string;
  address: HostAddress;
  branch: string;
  checks: string[];
  signal?: AbortSignal;
}): Promise<BranchProtection> {
  const { api, config, needs, address, branch, checks, signal } = options;
  if (!config.enabled) {
    return {
      applied: false,
      reason: 'scaffolder.goldenPath.github.protection.enabled is false',
    };
  }
  try {
    await onceTheBranchIsKnown(signal, () =>
      api.request({
        organization: address.organization,
        method: 'PUT',
        path: `${restPath(address)}/branches/${encodeURIComponent(
          branch,
        )}/protection`,
        body: {
          required_status_checks:
            checks.length > 0
              ? { strict: config.requireUpToDate, contexts: checks }
              : null,
          enforce_admins: config.enforceAdmins,
          required_pull_request_reviews: {
            required_approving_review_count: config.requiredReviews,
            require_code_owner_reviews: config.codeOwnerReviews,
            dismiss_stale_reviews: config.dismissStaleReviews,
          },
          restrictions: null,
          allow_force_pushes: false,
          allow_deletions: false,
        },
        needs,
        explain: refusal =>
          refusal.status === 403 && NOT_IN_THE_PLAN.test(refusal.said)
            ? new NotInThePlanError(refusal.said)
            : undefined,
        signal,
      }),
    );
  } catch (error) {
    if (error instanceof NotInThePlanError) {
      return { applied: false, reason: `${api.host} says: ${error.message}` };
    }
    throw error;
  }
  return {
    applied: true,
    rules: [
      'pull request',
      `${config.requiredReviews} ${
        config.requiredReviews === 1 ? 'review' : 'reviews'
      }${config.codeOwnerReviews ? ' with the code owners' : ''}`,
      ...checks.map(check => `check '${check}'`),
    ].join(', '),
  };
}

/** GitHub's parts hear of a push one after the other. */
async function onceTheBranchIsKnown<T>(
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  for (const wait of PATIENCE_MS) {
    try {
      return await ask();
    } catch (error) {
      const isUnknown =
        error instanceof Error &&
        ['NotFoundError', 'InputError'].includes(error.name) &&
        /branch/i.test(error.message.replace(/^.*? with \d{3}/, ''));
      if (!isUnknown) {
        throw error;
      }
      await sleep(wait, undefined, { signal });
    }
  }
  return ask();
}
