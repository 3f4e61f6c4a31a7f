import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { GithubApi } from './GithubApi';
import { ChangeRequest } from './RepositoryHost';
import { restPath } from './repositoryPaths';

const NEEDS =
  'an App needs the repository permission Pull requests: write, a token the scope repo';

const pullRequestSchema = z.object({ number: z.number().int() });

/**
 * Opens a pull request, or finds the one that is open for the same branch.
 *
 * @returns its number
 * @internal
 */
export async function openPullRequest(
  options: ChangeRequest & { api: GithubApi },
): Promise<number> {
  const { api, address, branch, base, title, description, signal } = options;
  const { organization } = address;

  const [earlier] = await findOpen(options);
  if (earlier !== undefined) {
    return earlier;
  }
  try {
    const opened = await api.request({
      organization,
      method: 'POST',
      path: `${restPath(address)}/pulls`,
      body: { title, body: description, head: branch, base },
      schema: pullRequestSchema,
      needs: NEEDS,
      explain: refusal =>
        refusal.status === 422 && /already exists/i.test(refusal.said)
          ? new ConflictError(refusal.message)
          : undefined,
      signal,
    });
    if (opened) {
      return opened.number;
    }
  } catch (error) {
    // Somebody was faster, or an answer was lost on the way
    const [meanwhile] =
      error instanceof ConflictError ? await findOpen(options) : [];
    if (meanwhile === undefined) {
      throw error;
    }
    return meanwhile;
  }
  throw new ServiceUnavailableError(
    `${api.host} opened a pull request for ${branch} without telling its number`,
  );
}

/**
 * Closes the pull requests that are open for a branch.
 *
 * @internal
 */
export async function closePullRequests(
  options: OpenRequest & { api: GithubApi },
): Promise<void> {
  const { api, address, signal } = options;
  for (const number of await findOpen(options)) {
    await api.request({
      organization: address.organization,
      method: 'PATCH',
      path: `${restPath(address)}/pulls/${number}`,
      body: { state: 'closed' },
      needs: NEEDS,
      signal,
    });
  }
}

type OpenRequest = Pick<
  ChangeRequest,
  'address' | 'branch' | 'base' | 'signal'
>;

async function findOpen(
  options: OpenRequest & { api: GithubApi },
): Promise<number[]> {
  const { api, address, branch, base, signal } = options;
  const { organization } = address;
  const query = new URLSearchParams({
    state: 'open',
    head: `${organization}:${branch}`,
    base,
  });
  const found = await api.request({
    organization,
    method: 'GET',
    path: `${restPath(address)}/pulls?${query}`,
    schema: z.array(pullRequestSchema),
    needs: NEEDS,
    signal,
  });
  return (found ?? []).map(({ number }) => number);
}
