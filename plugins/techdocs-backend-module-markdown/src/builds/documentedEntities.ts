import { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE = 200;

/**
 * Every entity of the catalog that has documentation of its own.
 *
 * @internal
 */
export async function* documentedEntities(options: {
  auth: AuthService;
  catalog: CatalogService;
}): AsyncGenerator<Entity> {
  const { auth, catalog } = options;
  let cursor: string | undefined;
  do {
    const { items, pageInfo } = await catalog.queryEntities(
      cursor
        ? { cursor, limit: PAGE }
        : {
            filter: {
              'metadata.annotations.backstage.io/techdocs-ref':
                CATALOG_FILTER_EXISTS,
            },
            limit: PAGE,
            totalItems: 'exclude',
          },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    yield* items;
    cursor = pageInfo.nextCursor;
  } while (cursor);
}
