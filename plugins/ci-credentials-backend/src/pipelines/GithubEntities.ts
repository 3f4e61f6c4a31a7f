import { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type {
  FilterPredicate,
  FilterPredicateValue,
} from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiPipeline } from '@waymark/plugin-ci-credentials-node';
import { fieldPredicate } from '../catalog/fieldPredicate';
import { GithubRepository } from './GithubRepository';

const ANNOTATION_PROJECT_SLUG = 'github.com/project-slug';

const PAGE = 500;

const FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.annotations',
];

/**
 * The entities that a repository may speak for. The entity decides: it has to
 * name the repository as its source, or to be read from it.
 *
 * @internal
 */
export class GithubEntities {
  constructor(
    private readonly deps: {
      auth: AuthService;
      catalog: CatalogService;
      /** Whether workflows of one GitHub host only are believed. */
      isOnlyHost: boolean;
    },
  ) {}

  /**
   * Anybody may write the name of any repository into an entity. What was read
   * from the repository itself is its own; what only claims it comes in addition,
   * and must not stand between the pipeline and its own.
   *
   * @param url - the address of the repository's page
   * @returns full entity refs, in alphabetical order
   */
  async find(
    repository: GithubRepository,
    url: string,
  ): Promise<Pick<CiPipeline, 'entityRefs' | 'ownEntityRefs'>> {
    const { auth, catalog, isOnlyHost } = this.deps;
    const credentials = await auth.getOwnServiceCredentials();
    const read: string[] = [];
    const claimed: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE, fields: FIELDS, totalItems: 'exclude' }
          : {
              limit: PAGE,
              fields: FIELDS,
              totalItems: 'exclude',
              query: queryFor(repository, url),
            },
        { credentials },
      );
      for (const entity of items) {
        if (isReadFrom(entity, new URL(url))) {
          read.push(stringifyEntityRef(entity));
        } else if (
          claims(entity, { repository, url: new URL(url), isOnlyHost })
        ) {
          claimed.push(stringifyEntityRef(entity));
        }
      }
      cursor = pageInfo.nextCursor;
    } while (cursor);
    const entityRefs = [...read, ...claimed].sort();
    return {
      entityRefs,
      ownEntityRefs: read.length > 0 ? read.sort() : entityRefs,
    };
  }
}

function queryFor(repository: GithubRepository, url: string): FilterPredicate {
  const annotation = (name: string, value: FilterPredicateValue) =>
    fieldPredicate(`metadata.annotations.${name}`, value);
  const location = `url:${url}`;
  const comesFrom: FilterPredicate = {
    $any: [
      annotation(ANNOTATION_PROJECT_SLUG, repository.slug),
      annotation(ANNOTATION_SOURCE_LOCATION, location),
      annotation(ANNOTATION_SOURCE_LOCATION, { $hasPrefix: `${location}/` }),
      annotation(ANNOTATION_LOCATION, { $hasPrefix: `${location}/` }),
    ],
  };
  // Discovery makes one for each file that it finds; nothing is said about them
  return { $all: [comesFrom, { $not: { kind: 'location' } }] };
}

/** The catalog itself writes down where it read an entity. */
function isReadFrom(entity: Entity, url: URL): boolean {
  return toUrl(entity.metadata.annotations?.[ANNOTATION_LOCATION]).some(
    address => isInside(address, url),
  );
}

/**
 * The catalog compares without regard to case and the slug names no host, so the
 * last word is spoken here.
 */
function claims(
  entity: Entity,
  options: { repository: GithubRepository; url: URL; isOnlyHost: boolean },
): boolean {
  const { repository, url, isOnlyHost } = options;
  const annotations = entity.metadata.annotations ?? {};
  const addresses = [
    annotations[ANNOTATION_SOURCE_LOCATION],
    annotations[ANNOTATION_LOCATION],
  ].flatMap(toUrl);
  if (addresses.some(address => isInside(address, url))) {
    return true;
  }
  const slug = annotations[ANNOTATION_PROJECT_SLUG]?.toLowerCase();
  if (slug !== repository.slug) {
    return false;
  }
  // A slug is of the host that the entity comes from. Of one that comes from no
  // repository, but from a file beside the portal, it is of the only host there
  // is. Among several it could be of any, and on github.com anybody can take the
  // name that an organization has elsewhere
  return addresses.length > 0
    ? addresses.every(address => address.host === url.host)
    : isOnlyHost;
}

function toUrl(reference: string | undefined): URL[] {
  if (!reference) {
    return [];
  }
  try {
    const { type, target } = parseLocationRef(reference);
    return type === 'url' ? [new URL(target.toLowerCase())] : [];
  } catch {
    return [];
  }
}

function isInside(address: URL, repository: URL): boolean {
  return (
    address.host === repository.host &&
    `${address.pathname}/`.startsWith(`${repository.pathname}/`)
  );
}
