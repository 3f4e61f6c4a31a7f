import { RepositoryHost } from '../hosts/RepositoryHost';

/** As GitHub, GitLab, Bitbucket and Gitea write what precedes a branch. */
const BEFORE_BRANCH =
  /^(?:-\/)?(?:tree|blob|raw|src\/branch|src\/commit|src\/tag|src)\//;

/**
 * Finds the repository in the address of one of its files or folders.
 *
 * @returns its address, and what comes after it; undefined when none of the hosts
 * has such addresses
 * @internal
 */
export function splitSourceLocation(options: {
  hosts: Pick<RepositoryHost, 'parseRepositoryUrl'>[];
  target: string;
}): { repositoryUrl: string; rest: string } | undefined {
  const { hosts, target } = options;
  if (!URL.canParse(target)) {
    return undefined;
  }
  const { origin, pathname } = new URL(target);
  const segments = pathname.split('/');
  for (let end = 2; end <= segments.length; end++) {
    const repositoryUrl = `${origin}${segments.slice(0, end).join('/')}`;
    if (hosts.some(host => host.parseRepositoryUrl(repositoryUrl))) {
      return { repositoryUrl, rest: segments.slice(end).join('/') };
    }
  }
  return undefined;
}

/**
 * The folder that such an address is about: empty, or with a slash at its end.
 *
 * @internal
 */
export function folderOf(rest: string, branch: string): string {
  const path = decodeURIComponent(rest);
  const below = path.replace(BEFORE_BRANCH, '');
  if (below === path) {
    return '';
  }
  const inBranch = below.startsWith(`${branch}/`)
    ? below.slice(branch.length + 1)
    : below.replace(/^[^/]*\/?/, '');
  return inBranch.slice(0, inBranch.lastIndexOf('/') + 1);
}
