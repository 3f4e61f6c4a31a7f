import { HostAddress } from './RepositoryHost';

/** What hosts take as the name of an organization or a repository. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/**
 * Reads the address of a repository's page or the one for `git clone`.
 *
 * @returns undefined when it is not one under the given address of a host
 * @internal
 */
export function readRepositoryUrl(options: {
  baseUrl: string;
  url: string;
}): HostAddress | undefined {
  let base: URL;
  let url: URL;
  try {
    base = new URL(`${options.baseUrl.replace(/\/+$/, '')}/`);
    url = new URL(options.url.trim());
  } catch {
    return undefined;
  }
  if (
    url.origin !== base.origin ||
    !url.pathname.startsWith(base.pathname) ||
    // An address with a password in it is no address to write into a log
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    return undefined;
  }
  const [organization, repository, ...rest] = url.pathname
    .slice(base.pathname.length)
    .replace(/\/+$/, '')
    .split('/');
  const name = repository?.replace(/\.git$/, '');
  return rest.length === 0 && isName(organization) && isName(name)
    ? { organization, name }
    : undefined;
}

function isName(text: string | undefined): text is string {
  return text !== undefined && NAME.test(text) && !/^\.+$/.test(text);
}
