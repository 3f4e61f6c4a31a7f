import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ciCredentialReadPermission } from '@waymark/plugin-ci-credentials-common';
import { CredentialStore } from '../credentials/CredentialStore';
import { toFilterPredicate } from './toFilterPredicate';

/** Entities of one request to the catalog. */
const PAGE = 1000;
/** Questions of one request to the permission framework. */
const BATCH = 200;

const REF_FIELDS = ['kind', 'metadata.namespace', 'metadata.name'];

const REQUEST = {
  fields: REF_FIELDS,
  limit: PAGE,
  totalItems: 'exclude' as const,
};

/**
 * The entities whose credentials a caller may see, as a set that the database
 * can filter by. They are found by one query of the catalog, in pages of a
 * thousand.
 *
 * @internal
 */
export class VisibleEntities {
  constructor(
    private readonly deps: {
      catalog: CatalogService;
      permissions: PermissionsService;
      store: CredentialStore;
    },
  ) {}

  /**
   * @returns entity refs; undefined when the caller may see every credential
   * @throws NotAllowedError when the caller may see none
   */
  async find(credentials: BackstageCredentials): Promise<string[] | undefined> {
    const [decision] = await this.deps.permissions.authorizeConditional(
      [{ permission: ciCredentialReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return undefined;
      case AuthorizeResult.CONDITIONAL: {
        const query =
          decision.pluginId === 'catalog'
            ? toFilterPredicate(decision.conditions)
            : undefined;
        return query
          ? this.byQuery(query, credentials)
          : this.byAsking(credentials);
      }
      default:
        throw new NotAllowedError('You may not see CI credentials');
    }
  }

  /** Of some entities, those the caller may see in the catalog. */
  async inCatalog(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const found: string[] = [];
    for (let start = 0; start < entityRefs.length; start += PAGE) {
      const { items } = await this.deps.catalog.getEntitiesByRefs(
        {
          entityRefs: entityRefs.slice(start, start + PAGE),
          fields: REF_FIELDS,
        },
        { credentials },
      );
      for (const entity of items) {
        if (entity) {
          found.push(stringifyEntityRef(entity));
        }
      }
    }
    return found;
  }

  private async byQuery(
    query: FilterPredicate,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const { catalog } = this.deps;
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await catalog.queryEntities(
        cursor ? { cursor, ...REQUEST } : { query, ...REQUEST },
        { credentials },
      );
      found.push(...items.map(entity => stringifyEntityRef(entity)));
      cursor = pageInfo.nextCursor;
    } while (cursor);
    return found;
  }

  /** For conditions that only their own plugin understands. */
  private async byAsking(credentials: BackstageCredentials): Promise<string[]> {
    const { permissions, store } = this.deps;
    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const refs = await store.listEntityRefs({ after, limit: BATCH });
      const decisions = await permissions.authorize(
        refs.map(resourceRef => ({
          permission: ciCredentialReadPermission,
          resourceRef,
        })),
        { credentials },
      );
      found.push(
        ...refs.filter(
          (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
        ),
      );
      if (refs.length < BATCH) {
        return found;
      }
      after = refs.at(-1);
    }
  }
}
