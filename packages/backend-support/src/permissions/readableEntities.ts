import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE_SIZE = 1000;

/** About 20 MB of refs; whoever has more entities writes a policy of the built-in rules. */
const MAX_ENTITIES = 200_000;

/**
 * The refs of all entities that the catalog shows to somebody, for conditions
 * that only the catalog understands.
 *
 * @public
 * @throws ServiceUnavailableError rather than to leave entities out
 */
export async function readableEntities(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
}): Promise<string[]> {
  const { catalog, credentials } = options;
  const refs: string[] = [];
  const pages = catalog.streamEntities(
    {
      fields: ['kind', 'metadata.namespace', 'metadata.name'],
      pageSize: PAGE_SIZE,
    },
    { credentials },
  );
  for await (const page of pages) {
    refs.push(...page.map(entity => stringifyEntityRef(entity)));
    if (refs.length > MAX_ENTITIES) {
      throw new ServiceUnavailableError(
        `The permission policy has conditions that only the catalog understands, and the catalog shows more than ${MAX_ENTITIES} entities`,
      );
    }
  }
  return refs;
}
