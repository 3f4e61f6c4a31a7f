import { RepositoryName } from '../client/Repository';

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
  const [owner, name] = url
    .slice(baseUrl.length + 1)
    .split(/[/?#]/)
    .map(part => part.replace(/\.git$/, ''));
  const valid = /^(?!\.{1,2}$)[A-Za-z0-9_.-]+$/;
  return valid.test(owner) && valid.test(name ?? '')
    ? { owner, name }
    : undefined;
}
