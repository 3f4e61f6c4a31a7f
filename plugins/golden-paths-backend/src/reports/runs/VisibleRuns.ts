import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Knex } from 'knex';

/**
 * Narrows a query on runs of the scaffolder to those that the caller may open. How
 * many there are is no secret; who started them, and with what, is.
 *
 * @internal
 */
export type NarrowRuns = (query: Knex.QueryBuilder) => void;

/**
 * Finds out which runs the caller may open. Conditions that only the scaffolder
 * understands leave one's own.
 *
 * @internal
 */
export async function visibleRuns(options: {
  credentials: BackstageCredentials;
  permissions: PermissionsService;
}): Promise<NarrowRuns> {
  const { credentials, permissions } = options;
  const [{ result }] = await permissions.authorizeConditional(
    [{ permission: taskReadPermission }],
    { credentials },
  );
  if (result === AuthorizeResult.ALLOW) {
    return () => {};
  }
  const { userEntityRef } = credentials.principal as { userEntityRef?: string };
  return query =>
    result === AuthorizeResult.CONDITIONAL && userEntityRef
      ? query.where('scaffolder_runs.created_by', userEntityRef)
      : query.whereRaw('1 = 0');
}
