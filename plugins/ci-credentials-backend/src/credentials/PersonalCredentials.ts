import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  CiCredential,
  CiCredentialPage,
  CiCredentialSettings,
  CiCredentialState,
  ciCredentialCreatePermission,
  ciCredentialReadPermission,
  ciCredentialRevokePermission,
  CreatedCiCredential,
} from '@waymark/plugin-ci-credentials-common';
import { CiCredentialsConfig } from '../config/CiCredentialsConfig';
import { VisibleEntities } from '../permissions/VisibleEntities';
import { CiToken } from '../tokens/CiToken';
import { CredentialStore } from './CredentialStore';
import { DAY_MS, newCredential } from './newCredential';
import { StoredCredential, toCiCredential } from './StoredCredential';

/**
 * What people do with credentials, within their permissions.
 *
 * @internal
 */
export class PersonalCredentials {
  constructor(
    private readonly deps: {
      config: CiCredentialsConfig;
      permissions: PermissionsService;
      store: CredentialStore;
      visibleEntities: VisibleEntities;
    },
  ) {}

  /** What the caller may do for at least some entities. */
  async access(
    credentials: BackstageCredentials,
  ): Promise<CiCredentialSettings['access']> {
    const decisions = await this.deps.permissions.authorizeConditional(
      [
        { permission: ciCredentialReadPermission },
        { permission: ciCredentialCreatePermission },
        { permission: ciCredentialRevokePermission },
      ],
      { credentials },
    );
    const [read, create, revoke] = decisions.map(
      ({ result }) => result !== AuthorizeResult.DENY,
    );
    return { read, create, revoke };
  }

  async list(
    request: {
      entityRef?: string;
      state?: CiCredentialState;
      cursor?: string;
      limit: number;
    },
    credentials: BackstageCredentials,
  ): Promise<CiCredentialPage> {
    const { store, visibleEntities } = this.deps;
    const now = new Date();
    const within = await visibleEntities.find(credentials);
    if (
      request.entityRef !== undefined &&
      within &&
      !within.includes(request.entityRef) &&
      (await visibleEntities.inCatalog([request.entityRef], credentials))
        .length === 0
    ) {
      // Or one could ask which credentials hold an entity that nobody shows
      return { items: [], totalItems: 0 };
    }
    const page = await store.list({ ...request, within, now });

    let visible: Set<string> | undefined;
    if (within) {
      visible = new Set(within);
      const others = new Set<string>();
      for (const ref of page.items.flatMap(item => item.entityRefs)) {
        if (!visible.has(ref)) {
          others.add(ref);
        }
      }
      for (const ref of await visibleEntities.inCatalog(
        [...others],
        credentials,
      )) {
        visible.add(ref);
      }
    }
    return {
      items: page.items.map(item => toCiCredential(item, { now, visible })),
      totalItems: page.totalItems,
      nextCursor: page.nextCursor,
    };
  }

  /**
   * @throws InputError for entities that are not in the catalog as the caller
   * sees it, and for a time that is out of bounds
   * @throws NotAllowedError that names an entity
   */
  async create(
    request: {
      source: string;
      entityRefs: string[];
      description?: string;
      expiresAt?: Date;
    },
    caller: { ref: string; credentials: BackstageCredentials },
  ): Promise<CreatedCiCredential> {
    const { config, store, visibleEntities } = this.deps;
    const { source, entityRefs, description = '' } = request;
    const now = new Date();
    const expiresAt =
      request.expiresAt ??
      new Date(now.getTime() + config.defaultLifetimeDays * DAY_MS);
    if (expiresAt <= now) {
      throw new InputError('expiresAt: must be in the future');
    }
    if (expiresAt.getTime() > now.getTime() + config.maxLifetimeDays * DAY_MS) {
      throw new InputError(
        `expiresAt: must be within ${config.maxLifetimeDays} days from now`,
      );
    }

    const known = new Set(
      await visibleEntities.inCatalog(entityRefs, caller.credentials),
    );
    const unknown = entityRefs.find(ref => !known.has(ref));
    if (unknown) {
      throw new InputError(`entityRefs: ${unknown} is not in the catalog`);
    }
    const [denied] = await this.findDenied(
      ciCredentialCreatePermission,
      entityRefs,
      caller.credentials,
    );
    if (denied) {
      throw new NotAllowedError(
        `You may not make CI credentials for ${denied}`,
      );
    }

    // Others could name the source of a pipeline that is none of theirs
    const [{ result }] = await this.deps.permissions.authorizeConditional(
      [{ permission: ciCredentialCreatePermission }],
      { credentials: caller.credentials },
    );
    const { stored, token } = newCredential({
      source,
      sourceVerified: result === AuthorizeResult.ALLOW,
      entityRefs,
      description,
      issuedBy: 'user',
      createdBy: caller.ref,
      now,
      expiresAt,
    });
    await store.add(stored);
    return { credential: toCiCredential(stored, { now }), token };
  }

  /**
   * @throws NotFoundError when there is none that the caller may see
   * @throws NotAllowedError that names an entity
   */
  async revoke(
    request: { id: string; reason?: string },
    caller: { ref: string; credentials: BackstageCredentials },
  ): Promise<CiCredential> {
    const { store } = this.deps;
    const { id, reason } = request;
    // What is no id need not be one that a database takes
    const found = CiToken.isId(id) ? await store.get(id) : undefined;
    if (!found || !(await this.maySee(found, caller.credentials))) {
      throw new NotFoundError(`There is no CI credential ${id}`);
    }
    await this.requireRevocable(found.entityRefs, caller.credentials);
    const now = new Date();
    const revoked = await store.revoke(id, { at: now, by: caller.ref, reason });
    if (!revoked) {
      throw new NotFoundError(`There is no CI credential ${id}`);
    }
    return toCiCredential(revoked, { now });
  }

  private async maySee(
    credential: StoredCredential,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const denied = await this.findDenied(
      ciCredentialReadPermission,
      credential.entityRefs,
      credentials,
    );
    return denied.length < credential.entityRefs.length;
  }

  /** Names an entity in its refusal only to whoever sees it anyway. */
  private async requireRevocable(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const denied = await this.findDenied(
      ciCredentialRevokePermission,
      entityRefs,
      credentials,
    );
    if (denied.length > 0) {
      const [named] = await this.deps.visibleEntities.inCatalog(
        denied,
        credentials,
      );
      throw new NotAllowedError(
        `You may not revoke CI credentials of ${
          named ?? 'an entity that you may not see'
        }`,
      );
    }
  }

  private async findDenied(
    permission: ResourcePermission<'catalog-entity'>,
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const decisions = await this.deps.permissions.authorize(
      entityRefs.map(resourceRef => ({ permission, resourceRef })),
      { credentials },
    );
    return entityRefs.filter(
      (_, index) => decisions[index].result !== AuthorizeResult.ALLOW,
    );
  }
}
