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
  const path = `${restPath(address)}/pulls`;

  async function findOpen(): Promise<number | undefined> {
    const query = new URLSearchParams({
      state: 'open',
      head: `${organization}:${branch}`,
      base,
    });
    const found = await api.request({
      organization,
      method: 'GET',
      path: `${path}?${query}`,
      schema: z.array(pullRequestSchema),
      needs: NEEDS,
      signal,
    });
    return found?.[0]?.number;
  }

  const earlier = await findOpen();
  if (earlier !== undefined) {
    return earlier;
  }
  try {
    const opened = await api.request({
      organization,
      method: 'POST',
      path,
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
    const meanwhile =
      error instanceof ConflictError ? await findOpen() : undefined;
    if (meanwhile === undefined) {
      throw error;
    }
    return meanwhile;
  }
  throw new ServiceUnavailableError(
    `${api.host} opened a pull request for ${branch} without telling its number`,
  );
}
