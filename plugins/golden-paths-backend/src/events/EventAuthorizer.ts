import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import {
  goldenPathsEventPushPermission,
  goldenPathsEventReadPermission,
} from '@waymark/plugin-golden-paths-common';

/**
 * Who may report and who may see what happened to an entity.
 *
 * @internal
 */
export class EventAuthorizer {
  readonly #auth: AuthService;
  readonly #ciCredentials: CiCredentialsService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    auth: AuthService;
    ciCredentials: CiCredentialsService;
    permissions: PermissionsService;
  }) {
    this.#auth = options.auth;
    this.#ciCredentials = options.ciCredentials;
    this.#permissions = options.permissions;
  }

  /**
   * The entity that an event speaks for, once it is clear that the caller may
   * speak for it.
   *
   * @param options - `entityRef`: as the event says; a pipeline that has
   * one entity of its own need not say it
   * @throws NotAllowedError with the reason
   */
  async authorizePush(
    credentials: BackstageCredentials,
    options: { entityRef?: string; source: string },
  ): Promise<{ entityRef: string; receivedFrom: string }> {
    const { source } = options;
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const entityRef = normalize(options.entityRef ?? missingEntity());
      await this.#require(credentials, entityRef, [
        goldenPathsEventPushPermission,
      ]);
      return { entityRef, receivedFrom: credentials.principal.userEntityRef };
    }

    const entityRef = normalize(
      options.entityRef ?? (await this.#onlyEntityOf(credentials)),
    );
    const pipeline = await this.#ciCredentials.authorize(credentials, {
      entityRefs: [entityRef],
      source,
    });
    if (!pipeline) {
      throw new NotAllowedError(
        'Events are taken from people, and from pipelines with a CI credential',
      );
    }
    // Whether pipelines may report at all is said by backend.auth.externalAccess
    await this.#require(credentials, entityRef, [
      goldenPathsEventPushPermission,
    ]);
    return { entityRef, receivedFrom: pipeline.subject };
  }

  /**
   * @returns the full ref of the entity
   * @throws NotAllowedError when the caller may not see the entity, or not
   * what happened to it
   */
  async authorizeRead(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<string> {
    const normalized = normalize(entityRef);
    await this.#require(credentials, normalized, [
      goldenPathsEventReadPermission,
      catalogEntityReadPermission,
    ]);
    return normalized;
  }

  async #onlyEntityOf(credentials: BackstageCredentials): Promise<string> {
    const pipeline = await this.#ciCredentials.getPipeline(credentials);
    return pipeline?.ownEntityRefs.length === 1
      ? pipeline.ownEntityRefs[0]
      : missingEntity();
  }

  async #require(
    credentials: BackstageCredentials,
    entityRef: string,
    permissions: ResourcePermission<'catalog-entity'>[],
  ): Promise<void> {
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    const denied = decisions.findIndex(
      ({ result }) => result !== AuthorizeResult.ALLOW,
    );
    if (denied >= 0) {
      throw new NotAllowedError(
        `You lack the permission ${permissions[denied].name} for ${entityRef}`,
      );
    }
  }
}

function missingEntity(): never {
  throw new InputError(
    'The event does not say which entity it speaks for: set the extension attribute entityref',
  );
}

function normalize(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch {
    throw new InputError(
      `${JSON.stringify(
        entityRef,
      )} is not a full entity ref, such as component:default/checkout`,
    );
  }
}
