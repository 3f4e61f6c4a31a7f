import { RootConfigService } from '@backstage/backend-plugin-api';

const KEY = 'backend.auth.externalAccess';

/**
 * Makes sure that pipelines are let in to named permissions only. The permission
 * policy is not asked about services, so without restrictions a pipeline could do
 * everything everywhere.
 *
 * @throws Error that names the key
 * @internal
 */
export function checkAccessRestrictions(
  config: RootConfigService,
  type: string,
): void {
  const entries = config.getOptionalConfigArray(KEY) ?? [];
  for (const [index, entry] of entries.entries()) {
    if (entry.getOptionalString('type') !== type) {
      continue;
    }
    const path = `${KEY}[${index}].accessRestrictions`;
    const restrictions =
      entry.getOptionalConfigArray('accessRestrictions') ?? [];
    if (restrictions.length === 0) {
      throw new Error(
        `Invalid configuration: ${path} must list what pipelines may do; without it they could do everything`,
      );
    }
    for (const [position, restriction] of restrictions.entries()) {
      if (!restriction.has('permission')) {
        throw new Error(
          `Invalid configuration: ${path}[${position}].permission must name the permissions that pipelines have in the plugin ${restriction.getString(
            'plugin',
          )}`,
        );
      }
    }
  }
}
