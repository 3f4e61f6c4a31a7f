import { HostAddress } from './RepositoryHost';

/**
 * The path of a repository in GitHub's REST API.
 *
 * @internal
 */
export function repositoryPath(address: HostAddress): string {
  return `/repos/${encodeURIComponent(
    address.organization,
  )}/${encodeURIComponent(address.name)}`;
}

/**
 * The path of a team in GitHub's REST API.
 *
 * @internal
 */
export function teamPath(organization: string, team: string): string {
  return `/orgs/${encodeURIComponent(organization)}/teams/${encodeURIComponent(
    team,
  )}`;
}
