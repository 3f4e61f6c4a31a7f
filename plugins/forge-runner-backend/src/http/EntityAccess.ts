import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { forgeRunnerPipelineOperatePermission } from '@waymark/plugin-forge-runner-common';

/**
 * Who may see and do what: looking follows the right to read the entity, which the
 * catalog decides.
 *
 * @internal
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /** @throws NotFoundError when there is none, or the caller may not see it */
  async requireEntity(
    credentials: BackstageCredentials,
    name: { kind: string; namespace: string; name: string },
  ): Promise<Entity> {
    const ref = stringifyEntityRef(name);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${ref}`);
    }
    return entity;
  }

  async mayOperate(
    credentials: BackstageCredentials,
    entity: Entity,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize(
      [
        {
          permission: forgeRunnerPipelineOperatePermission,
          resourceRef: stringifyEntityRef(entity),
        },
      ],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError */
  async requireOperate(
    credentials: BackstageCredentials,
    entity: Entity,
  ): Promise<void> {
    if (!(await this.mayOperate(credentials, entity))) {
      throw new NotAllowedError(
        `You lack the permission ${
          forgeRunnerPipelineOperatePermission.name
        } for ${stringifyEntityRef(entity)}`,
      );
    }
  }
}
