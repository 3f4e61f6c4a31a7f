import { createApiRef } from '@backstage/frontend-plugin-api';
import type { CiCredentialSettings } from '@waymark/plugin-ci-credentials-common';

/**
 * What the reader may do for at least some entities. To whom `create` is true
 * may still be refused for a certain entity.
 *
 * @public
 */
export type OverallAccess = CiCredentialSettings['access'];

/**
 * What the reader may do, for those parts of a portal that are only shown to
 * whom they are of use.
 *
 * @public
 */
export interface CiCredentialsAccessApi {
  /**
   * Asked anew after a minute.
   *
   * @throws when the backend does not answer
   */
  getOverall(): Promise<OverallAccess>;

  /**
   * Whether the reader may see the credentials of an entity, given as full
   * entity ref. Asked anew after a minute.
   *
   * @throws when the backend does not answer
   */
  checkRead(entityRef: string): Promise<boolean>;

  /** The last answer to {@link CiCredentialsAccessApi.checkRead}, if there is one. */
  peekRead(entityRef: string): boolean | undefined;
}

/**
 * Reference of the {@link CiCredentialsAccessApi}.
 *
 * @public
 */
export const ciCredentialsAccessApiRef =
  createApiRef<CiCredentialsAccessApi>().with({
    id: 'plugin.ci-credentials.access',
    pluginId: 'ci-credentials',
  });
