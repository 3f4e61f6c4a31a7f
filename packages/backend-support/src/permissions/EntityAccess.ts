import {
  BackstageCredentials,
  BackstagePrincipalTypes,
  BackstageUserInfo,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { CatalogTables } from '../catalog/CatalogTables';
import { isPostgres } from '../database/dialect';
import { applyConditions, isApplicable } from './applyConditions';
import { ExpiringCache } from './ExpiringCache';
import { readableEntities } from './readableEntities';
import { createEntityFilter, EntityFilter } from './EntityFilter';

/** How long a change of a policy or of a group may go unnoticed. */
const TTL_MS = 5_000;

/** A list of refs is large, and takes the catalog a while. */
const REFS_TTL_MS = 30_000;

/**
 * An entity that the caller may read.
 *
 * @public
 */
export interface ReadableEntity {
  id: number;
  ref: string;
}

/**
 * What a caller may see and do. Reading follows the caller's right to read the
 * entity; what one may not read does not exist.
 *
 * @public
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #filters: ExpiringCache<EntityFilter>;
  readonly #knex: Knex;
  readonly #permissions: PermissionsService;
  readonly #readers: ExpiringCache<AuthorizeResult>;
  readonly #refs: ExpiringCache<string>;
  readonly #tables: CatalogTables;
  readonly #userInfo: UserInfoService;
  readonly #userInfos: ExpiringCache<BackstageUserInfo>;

  constructor(options: {
    catalog: CatalogService;
    knex: Knex;
    /** The clock of the machine: what is remembered has nothing to do with the time that a plugin tells. */
    now?: () => number;
    permissions: PermissionsService;
    tables: CatalogTables;
    userInfo: UserInfoService;
  }) {
    const { now = Date.now } = options;
    this.#catalog = options.catalog;
    this.#knex = options.knex;
    this.#permissions = options.permissions;
    this.#tables = options.tables;
    this.#userInfo = options.userInfo;
    const brief = { maxEntries: 1000, now, ttl: TTL_MS };
    this.#filters = new ExpiringCache(brief);
    this.#readers = new ExpiringCache(brief);
    this.#userInfos = new ExpiringCache(brief);
    this.#refs = new ExpiringCache({ maxEntries: 20, now, ttl: REFS_TTL_MS });
  }

  /**
   * What narrows a query to the entities that the caller may read. For a few seconds
   * it is the same object for the same caller, so that what is made of it can be
   * kept beside it.
   *
   * @param permission - another one than to read the entity itself
   */
  async filter(
    credentials: BackstageCredentials,
    permission: ResourcePermission<'catalog-entity'> = catalogEntityReadPermission,
  ): Promise<EntityFilter> {
    return this.#filters.get(
      `${permission.name} ${callerOf(credentials)}`,
      async () => {
        const [decision] = await this.#permissions.authorizeConditional(
          [{ permission }],
          { credentials },
        );
        return this.#toFilter(credentials, permission, decision);
      },
    );
  }

  /**
   * The entity, when the catalog has it and the caller may read it.
   *
   * @throws NotFoundError
   */
  async requireRead(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<ReadableEntity> {
    const filter = await this.filter(credentials);
    const { entities } = this.#tables;
    const query = this.#knex(entities)
      .where({ ref: entityRef })
      .whereNull('deleted_at')
      .select<ReadableEntity[]>('id', 'ref');
    filter(query, `${entities}.id`);
    const [entity] = await query;
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    return entity;
  }

  /** Whether the catalog has it for the caller, and the plugin has not seen it yet. */
  async isNew(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<boolean> {
    const seen = await this.#knex(this.#tables.entities)
      .where({ ref: entityRef })
      .whereNull('deleted_at')
      .first('id');
    return (
      !seen &&
      Boolean(await this.#catalog.getEntityByRef(entityRef, { credentials }))
    );
  }

  /**
   * As {@link EntityAccess.requireRead}, and the caller holds a permission on it.
   *
   * @throws NotFoundError, NotAllowedError
   */
  async require(
    credentials: BackstageCredentials,
    permission: ResourcePermission<'catalog-entity'>,
    entityRef: string,
  ): Promise<ReadableEntity> {
    const entity = await this.requireRead(credentials, entityRef);
    const [{ result }] = await this.#permissions.authorize(
      [{ permission, resourceRef: entityRef }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name} for ${entityRef}`,
      );
    }
    return entity;
  }

  /**
   * The caller holds a permission that is about no entity.
   *
   * @throws NotAllowedError
   */
  async requirePermission(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const key = `${permission.name} ${callerOf(credentials)}`;
    const result = await this.#readers.get(key, async () => {
      const [decision] = await this.#permissions.authorize([{ permission }], {
        credentials,
      });
      return decision.result;
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You lack the permission ${permission.name}`);
    }
  }

  /** The refs as which the caller owns entities; none for a service. */
  async ownershipRefs(credentials: BackstageCredentials): Promise<string[]> {
    if (principalOf(credentials).type !== 'user') {
      return [];
    }
    const info = await this.#userInfos.get(callerOf(credentials), () =>
      this.#userInfo.getUserInfo(credentials),
    );
    return [info.userEntityRef, ...info.ownershipEntityRefs];
  }

  async #toFilter(
    credentials: BackstageCredentials,
    permission: ResourcePermission<'catalog-entity'>,
    decision: PolicyDecision,
  ): Promise<EntityFilter> {
    const knex = this.#knex;
    const tables = this.#tables;
    const filterBy = (narrow?: (query: Knex.QueryBuilder) => void) =>
      createEntityFilter({ knex, tables, narrow });
    if (decision.result === AuthorizeResult.ALLOW) {
      return filterBy();
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return filterBy(query => query.whereRaw('1 = 0'));
    }
    const { conditions } = decision;
    if (decision.pluginId === 'catalog' && isApplicable(conditions)) {
      return filterBy(query =>
        applyConditions({
          knex,
          tables,
          query,
          column: 'readable.id',
          criteria: conditions,
        }),
      );
    }
    if (permission.name !== catalogEntityReadPermission.name) {
      // The catalog can be asked what one may read, but not what else one may do
      return filterBy(query => query.whereRaw('1 = 0'));
    }
    const refs = await this.#refs.get(callerOf(credentials), async () =>
      JSON.stringify(
        await readableEntities({ catalog: this.#catalog, credentials }),
      ),
    );
    return filterBy(query =>
      query.whereRaw(
        isPostgres(knex)
          ? 'readable.ref in (select json_array_elements_text(?::json))'
          : 'readable.ref in (select value from json_each(?))',
        [refs],
      ),
    );
  }
}

type Principal = BackstagePrincipalTypes['user' | 'service' | 'none'];

function principalOf(credentials: BackstageCredentials): Principal {
  return credentials.principal as Principal;
}

/** Who asks, with the service that asks for them and what that one may do. */
function callerOf(credentials: BackstageCredentials): string {
  return JSON.stringify(principalOf(credentials));
}
