import { HostAddress } from './RepositoryHost';

/**
 * Where the pages of a repository begin at its host.
 *
 * @internal
 */
export function pagePath(address: HostAddress): string {
  return `/${encodeURIComponent(address.organization)}/${encodeURIComponent(
    address.name,
  )}`;
}

/**
 * The path of a repository in GitHub's REST API, and in Gitea's, which is made
 * after it.
 *
 * @internal
 */
export function restPath(address: HostAddress): string {
  return `/repos${pagePath(address)}`;
}

/**
 * The path of what a repository holds on its default branch, in the same APIs.
 *
 * @internal
 */
export function contentsPath(address: HostAddress, path: string): string {
  return `${restPath(address)}/contents/${path
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`;
}
