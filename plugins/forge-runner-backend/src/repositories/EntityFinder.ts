import { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ForgeClient } from './ForgeClient';
import { RepositoryRow, RepositoryStore } from './RepositoryStore';

/**
 * Which component of the catalog comes from which repository.
 *
 * @internal
 */
export class EntityFinder {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #forge: ForgeClient;
  readonly #repositories: RepositoryStore;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    forge: ForgeClient;
    repositories: RepositoryStore;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#forge = options.forge;
    this.#repositories = options.repositories;
  }

  /**
   * The component that a repository is: the one of its name, or the only one that
   * comes from it.
   *
   * @param options - `fresh`: asks the catalog even when it is known
   */
  async entityOf(
    repositoryId: number,
    options: { fresh?: boolean } = {},
  ): Promise<string | undefined> {
    const repository = await this.#repositories.get(repositoryId);
    if (!repository) {
      return undefined;
    }
    if (repository.entity_ref && !options.fresh) {
      return repository.entity_ref;
    }
    const found = await this.#ask(repository);
    if (found && found !== repository.entity_ref) {
      await this.#repositories.update(repositoryId, { entity_ref: found });
    }
    return found ?? repository.entity_ref ?? undefined;
  }

  /** The repository that an entity comes from; undefined for one from elsewhere. */
  async repositoryOf(entity: Entity): Promise<string | undefined> {
    const location =
      entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION] ?? '';
    return location.startsWith('url:')
      ? this.#forge.nameFromUrl(location.slice('url:'.length))
      : undefined;
  }

  async #ask(repository: RepositoryRow): Promise<string | undefined> {
    const { url, default_branch: branch } = repository;
    const file = `url:${url}/src/branch/${encodeURIComponent(
      branch,
    )}/catalog-info.yaml`;
    const { items } = await this.#catalog.getEntities(
      {
        filter: {
          kind: 'component',
          [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: file,
        },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const name = repository.name.split('/')[1];
    const entity =
      items.find(item => item.metadata.name.toLowerCase() === name) ??
      (items.length === 1 ? items[0] : undefined);
    return entity && stringifyEntityRef(entity);
  }
}
