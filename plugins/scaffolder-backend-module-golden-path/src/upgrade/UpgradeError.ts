import { ConflictError } from '@backstage/errors';
import {
  UpgradeProblem,
  UpgradeProblemCode,
} from '@waymark/plugin-golden-paths-common';

/**
 * A reason for which a repository cannot be upgraded as it is.
 *
 * @internal
 */
export class UpgradeError extends ConflictError {
  readonly problem: UpgradeProblem;

  constructor(
    code: UpgradeProblemCode,
    message: string,
    more: Pick<UpgradeProblem, 'fields'> = {},
  ) {
    super(message);
    this.name = 'ConflictError';
    this.problem = { code, message, ...more };
  }
}
