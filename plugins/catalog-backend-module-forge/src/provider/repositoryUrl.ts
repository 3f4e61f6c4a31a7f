import { isHostName, RepositoryName } from '../client/Repository';

/**
 * The repository that an address on a host is about.
 *
 * @param url - address of a repository, or of anything below it
 * @returns undefined when the address is not on that host
 * @internal
 */
export function parseRepositoryUrl(
  url: string,
  options: { baseUrl: string },
): RepositoryName | undefined {
  const { baseUrl } = options;
  if (!url.startsWith(`${baseUrl}/`)) {
    return undefined;
  }
  const [owner, page = ''] = url.slice(baseUrl.length + 1).split(/[/?#]/);
  // An address to clone from names the repository as well; owners have no suffix
  const name = page.replace(/\.git$/, '');
  return isHostName(owner) && isHostName(name) ? { owner, name } : undefined;
}
