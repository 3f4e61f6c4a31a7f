import { InputError } from '@backstage/errors';
import { TEMPLATE_BRANCH } from './provenance';

/**
 * Reference paths of a host's files have room for one segment only.
 *
 * @throws InputError naming the field
 * @internal
 */
export function assertDefaultBranch(branch: string): void {
  if (
    !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(branch) ||
    /\.\.|\.lock$|\.$/.test(branch)
  ) {
    throw new InputError(
      `defaultBranch: '${branch}' is not a branch name without slashes`,
    );
  }
  if (branch === TEMPLATE_BRANCH) {
    throw new InputError(
      `defaultBranch: ${TEMPLATE_BRANCH} is kept for what was generated`,
    );
  }
}
