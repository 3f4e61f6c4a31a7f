import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { organizationName } from '../names/schemas';
import { RepositoryStore } from '../repositories/RepositoryStore';
import { Organization, Organizations } from './Organizations';

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.title',
  'metadata.description',
  'spec.profile.displayName',
];
const PAGE = 500;

function toOrganization(entity: Entity): Organization {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    name: entity.metadata.name,
    title: profile?.displayName ?? entity.metadata.title,
    description: entity.metadata.description,
  };
}

/**
 * Organisations are the groups of the catalog, those that the configuration
 * adds, and those that have repositories already. Nothing is copied: the
 * catalog is asked at every request.
 *
 * @internal
 */
export class CatalogOrganizations implements Organizations {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #configured: readonly string[];
  readonly #logger: LoggerService;
  readonly #store: RepositoryStore;

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    configured: readonly string[];
    logger: LoggerService;
    store: RepositoryStore;
  }): CatalogOrganizations {
    return new CatalogOrganizations(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    configured: readonly string[];
    logger: LoggerService;
    store: RepositoryStore;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#configured = options.configured;
    this.#logger = options.logger;
    this.#store = options.store;
  }

  async list() {
    const found = new Map<string, Organization>();
    for (const name of [
      ...this.#configured,
      ...(await this.#store.organizations()),
    ]) {
      found.set(name, { name });
    }
    let complete = true;
    try {
      for await (const group of this.#groups()) {
        if (organizationName.safeParse(group.name).success) {
          found.set(group.name, group);
        }
      }
    } catch (error) {
      complete = false;
      this.#logger.warn(
        `The groups of the catalog could not be read: ${stringifyError(error)}`,
      );
    }
    return {
      organizations: [...found.values()].sort((a, b) =>
        a.name < b.name ? -1 : 1,
      ),
      complete,
    };
  }

  async get(name: string): Promise<Organization> {
    let failure: unknown;
    try {
      const { items } = await this.#catalog.queryEntities(
        {
          filter: { kind: 'group', 'metadata.name': name },
          fields: FIELDS,
          limit: 20,
        },
        { credentials: await this.#credentials() },
      );
      // The catalog's filters do not tell upper from lower case
      const group = items.find(item => item.metadata.name === name);
      if (group) {
        return toOrganization(group);
      }
    } catch (error) {
      failure = error;
    }
    if (
      this.#configured.includes(name) ||
      (await this.#store.organizations()).includes(name)
    ) {
      return { name };
    }
    if (failure) {
      throw new ServiceUnavailableError(
        `Whether the organisation '${name}' exists cannot be told: the catalog does not answer`,
        failure,
      );
    }
    throw new NotFoundError(
      `There is no organisation '${name}': organisations are the groups of the catalog`,
    );
  }

  async *#groups(): AsyncGenerator<Organization> {
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, fields: FIELDS, limit: PAGE }
          : { filter: { kind: 'group' }, fields: FIELDS, limit: PAGE },
        { credentials: await this.#credentials() },
      );
      yield* page.items.map(toOrganization);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }

  #credentials(): Promise<BackstageCredentials> {
    return this.#auth.getOwnServiceCredentials();
  }
}
