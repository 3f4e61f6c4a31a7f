/** How hosts put a branch into an address, up to the branch. */
const BRANCH =
  /^(?<repository>https?:\/\/.+?)(?<separator>\/src\/branch\/|\/-\/(?:tree|blob)\/|\/(?:tree|blob)\/|\/src\/)(?<branch>[^/]+)\/$/;

/**
 * The address of a repository, out of that of the top folder of its branch.
 *
 * @internal
 */
export function repositoryOf(root: string): string {
  return BRANCH.exec(root)?.groups?.repository ?? root.replace(/\/+$/, '');
}

/**
 * The same folder on another branch.
 *
 * @returns undefined where the address names no branch
 * @internal
 */
export function onBranch(root: string, branch: string): string | undefined {
  const { repository, separator } = BRANCH.exec(root)?.groups ?? {};
  return repository && `${repository}${separator}${branch}/`;
}
