import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { repositoryKey, RepositoryName } from '../client/Repository';
import { ANNOTATION_FORGE_PROVIDER } from './annotations';
import { parseRepositoryUrl } from './repositoryUrl';

/**
 * What a provider delivered earlier. The catalog itself is asked: it remembers
 * across restarts and for all replicas, and what it does not hold cannot be lost.
 *
 * @internal
 */
export class KnownRepositories {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /**
   * @returns those on the given address only: when the host moved, the Locations
   * of its former address are to go
   */
  async list(options: {
    providerName: string;
    baseUrl: string;
  }): Promise<Map<string, RepositoryName>> {
    const { providerName, baseUrl } = options;
    const known = new Map<string, RepositoryName>();
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await this.#catalog.queryEntities(
        cursor
          ? { cursor, fields: ['spec.target'], limit: 500 }
          : {
              filter: {
                kind: 'Location',
                [`metadata.annotations.${ANNOTATION_FORGE_PROVIDER}`]:
                  providerName,
              },
              fields: ['spec.target'],
              limit: 500,
            },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      for (const { spec } of items) {
        const repository = parseRepositoryUrl(String(spec?.target), {
          baseUrl,
        });
        if (repository) {
          known.set(repositoryKey(repository), repository);
        }
      }
      cursor = pageInfo.nextCursor;
    } while (cursor);
    return known;
  }
}
