import { AuthService } from '@backstage/backend-plugin-api';
import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';

const SLUG = 'github.com/project-slug';
const ANNOTATIONS = 'metadata.annotations';

/** More are imported in several goes. */
const MAX_REPOSITORIES = 10_000;

/**
 * Addresses of repositories on GitHub: those that are named, or all that the catalog
 * knows.
 *
 * @param options - `names`: addresses, or `owner/name`
 * @internal
 * @throws InputError for one on a host without an integration
 */
export async function findRepositories(options: {
  auth: AuthService;
  catalog: CatalogService;
  integrations: ScmIntegrations;
  names?: string[];
}): Promise<string[]> {
  const { integrations, names } = options;
  // An API without encryption is one of tests
  const origins = integrations.github.list().map(({ config }) => {
    const { protocol } = new URL(config.apiBaseUrl ?? 'https://api.github.com');
    return `${protocol}//${config.host}`;
  });
  const addresses =
    names?.map(name => addressOf(name, origins)) ??
    (await inCatalog({ ...options, origins }));
  const foreign = addresses.find(url => !origins.includes(new URL(url).origin));
  if (foreign) {
    throw new InputError(
      `repositories: no integration in integrations.github is for ${foreign}`,
    );
  }
  return [...new Set(addresses)].slice(0, MAX_REPOSITORIES);
}

async function inCatalog(options: {
  auth: AuthService;
  catalog: CatalogService;
  origins: string[];
}): Promise<string[]> {
  const { auth, catalog, origins } = options;
  const found: string[] = [];
  const credentials = await auth.getOwnServiceCredentials();
  let cursor: string | undefined;
  do {
    const page = await catalog.queryEntities(
      cursor
        ? { cursor, limit: 500 }
        : {
            query: { [`${ANNOTATIONS}.${SLUG}`]: { $exists: true } },
            fields: [
              'kind',
              'metadata.name',
              'metadata.namespace',
              ANNOTATIONS,
            ],
            limit: 500,
          },
      { credentials },
    );
    for (const { metadata } of page.items) {
      const slug = metadata.annotations?.[SLUG] ?? '';
      const source = metadata.annotations?.[ANNOTATION_SOURCE_LOCATION] ?? '';
      const origin = origins.find(each => source.includes(`${each}/`));
      if (/^[\w.-]+\/[\w.-]+$/.test(slug)) {
        found.push(addressOf(slug, origin ? [origin] : origins));
      }
    }
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return found;
}

/** A slug alone is of the first integration, which is GitHub's own by default. */
function addressOf(name: string, origins: string[]): string {
  return /^https?:\/\//.test(name)
    ? name.replace(/(\.git)?\/*$/, '')
    : `${origins[0] ?? 'https://github.com'}/${name}`;
}
