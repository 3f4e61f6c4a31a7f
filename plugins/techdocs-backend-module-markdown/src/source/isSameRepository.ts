import parseGitUrl from 'git-url-parse';

/**
 * Whether two addresses of files or folders are in one repository, on whichever
 * branch.
 *
 * @internal
 */
export function isSameRepository(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) {
    return false;
  }
  const here = repositoryOf(one);
  // Readers differ in whether `..` is taken out of an address first
  return [other, new URL(other).href].every(url => repositoryOf(url) === here);
}

function repositoryOf(url: string): string {
  return `${new URL(url).host}/${parseGitUrl(url).full_name}`.toLowerCase();
}
