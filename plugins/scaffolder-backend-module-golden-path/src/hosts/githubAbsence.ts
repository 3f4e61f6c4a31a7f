import { z } from 'zod';
import { GithubApi } from './GithubApi';
import { HostAddress } from './RepositoryHost';

const installationSchema = z.object({
  repository_selection: z.string().optional(),
});
const membershipSchema = z.object({ state: z.string() });

/**
 * GitHub says 404 of what is gone, and of what the credentials may not see (any
 * more). Only who sees every repository of the organization can tell the two
 * apart; what the organization shows to everybody proves nothing.
 *
 * @returns why nobody can tell; undefined when the repository is gone
 * @throws NotAllowedError when the App is not installed there any more
 * @internal
 */
export async function doubtGithubAbsence(options: {
  api: GithubApi;
  address: HostAddress;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { api, signal } = options;
  const { organization } = options.address;
  if (await api.isApp(organization)) {
    const installation = await api.request({
      organization,
      method: 'GET',
      path: '/installation/repositories?per_page=1',
      schema: installationSchema,
      needs: 'an App needs Metadata: read',
      signal,
    });
    return installation?.repository_selection === 'all'
      ? undefined
      : `the GitHub App sees only selected repositories of ${organization}`;
  }
  const membership = await api.request({
    organization,
    method: 'GET',
    path: `/user/memberships/orgs/${encodeURIComponent(organization)}`,
    schema: membershipSchema,
    notFound: 'undefined',
    needs: 'a token needs the scope read:org',
    signal,
  });
  return membership?.state === 'active'
    ? undefined
    : `the token is not one of a member of ${organization}`;
}
