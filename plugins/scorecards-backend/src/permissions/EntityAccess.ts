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
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { scorecardsScorecardReadPermission } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { isPostgres } from '../database/dialect';
import { applyConditions, isApplicable } from './applyConditions';
import { ExpiringCache } from './ExpiringCache';
import { readableEntities } from './ReadableEntities';
import { createSubjectFilter, SubjectFilter } from './SubjectFilter';

/** How long a change of a policy or of a group may go unnoticed. */
const TTL_MS = 5_000;

/** A list of refs is large, and takes the catalog a while. */
const REFS_TTL_MS = 30_000;

/**
 * A subject that the caller may read.
 *
 * @internal
 */
export interface ReadableSubject {
  id: number;
  ref: string;
}

/**
 * What a caller may see and do. Reading follows the caller's right to read the
 * entity; what one may not read does not exist.
 *
 * @internal
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #filters: ExpiringCache<SubjectFilter>;
  readonly #knex: Knex;
  readonly #permissions: PermissionsService;
  readonly #readers: ExpiringCache<AuthorizeResult>;
  readonly #refs: ExpiringCache<string>;
  readonly #userInfo: UserInfoService;
  readonly #userInfos: ExpiringCache<BackstageUserInfo>;

  constructor(options: {
    catalog: CatalogService;
    knex: Knex;
    /** The clock of the machine: what is remembered has nothing to do with outcomes. */
    now?: () => number;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    const { now = Date.now } = options;
    this.#catalog = options.catalog;
    this.#knex = options.knex;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
    const brief = { maxEntries: 1000, now, ttl: TTL_MS };
    this.#filters = new ExpiringCache(brief);
    this.#readers = new ExpiringCache(brief);
    this.#userInfos = new ExpiringCache(brief);
    this.#refs = new ExpiringCache({ maxEntries: 20, now, ttl: REFS_TTL_MS });
  }

  /**
   * What narrows a query to the subjects that the caller may read. For a few seconds
   * it is the same object for the same caller, so that what is made of it can be
   * kept beside it.
   */
  async filter(credentials: BackstageCredentials): Promise<SubjectFilter> {
    return this.#filters.get(callerOf(credentials), async () =>
      this.#toFilter(credentials, await this.#decide(credentials)),
    );
  }

  /**
   * The subject, when the catalog has it and the caller may read it.
   *
   * @throws NotFoundError
   */
  async requireRead(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<ReadableSubject> {
    const filter = await this.filter(credentials);
    const query = this.#knex('subjects')
      .where({ ref: entityRef })
      .whereNull('deleted_at')
      .select<ReadableSubject[]>('id', 'ref');
    filter(query, 'subjects.id');
    const [subject] = await query;
    if (!subject) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    return subject;
  }

  /** Whether the catalog has it for the caller, and the plugin has not seen it yet. */
  async isNew(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<boolean> {
    const seen = await this.#knex('subjects')
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
  ): Promise<ReadableSubject> {
    const subject = await this.requireRead(credentials, entityRef);
    const [{ result }] = await this.#permissions.authorize(
      [{ permission, resourceRef: entityRef }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name} for ${entityRef}`,
      );
    }
    return subject;
  }

  /**
   * Needed for whatever says something about scorecards.
   *
   * @throws NotAllowedError
   */
  async requireScorecards(credentials: BackstageCredentials): Promise<void> {
    const permission = scorecardsScorecardReadPermission;
    const result = await this.#readers.get(callerOf(credentials), async () => {
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
    decision: PolicyDecision,
  ): Promise<SubjectFilter> {
    const knex = this.#knex;
    if (decision.result === AuthorizeResult.ALLOW) {
      return createSubjectFilter(knex);
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return createSubjectFilter(knex, query => query.whereRaw('1 = 0'));
    }
    const { conditions } = decision;
    if (decision.pluginId === 'catalog' && isApplicable(conditions)) {
      return createSubjectFilter(knex, query =>
        applyConditions({
          knex,
          query,
          column: 'readable.id',
          criteria: conditions,
        }),
      );
    }
    const refs = await this.#refs.get(callerOf(credentials), async () =>
      JSON.stringify(
        await readableEntities({ catalog: this.#catalog, credentials }),
      ),
    );
    return createSubjectFilter(knex, query =>
      query.whereRaw(
        isPostgres(knex)
          ? 'readable.ref in (select json_array_elements_text(?::json))'
          : 'readable.ref in (select value from json_each(?))',
        [refs],
      ),
    );
  }

  async #decide(credentials: BackstageCredentials): Promise<PolicyDecision> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    return decision;
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
