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
    private readonly deps: { auth: AuthService; catalog: CatalogService },
  ) {}

  /**
   * @param url - the address of the repository's page
   * @returns full entity refs, in alphabetical order
   */
  async find(repository: GithubRepository, url: string): Promise<string[]> {
    const { auth, catalog } = this.deps;
    const credentials = await auth.getOwnServiceCredentials();
    const refs: string[] = [];
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
      refs.push(
        ...items
          .filter(entity => belongsTo(entity, repository, new URL(url)))
          .map(entity => stringifyEntityRef(entity)),
      );
      cursor = pageInfo.nextCursor;
    } while (cursor);
    return refs.sort();
  }
}

function queryFor(repository: GithubRepository, url: string): FilterPredicate {
  const annotation = (name: string, value: FilterPredicateValue) =>
    fieldPredicate(`metadata.annotations.${name}`, value);
  const location = `url:${url}`;
  return {
    $any: [
      annotation(ANNOTATION_PROJECT_SLUG, repository.slug),
      annotation(ANNOTATION_SOURCE_LOCATION, location),
      annotation(ANNOTATION_SOURCE_LOCATION, { $hasPrefix: `${location}/` }),
      annotation(ANNOTATION_LOCATION, { $hasPrefix: `${location}/` }),
    ],
  };
}

/**
 * The catalog compares without regard to case and the slug names no host, so the
 * last word is spoken here.
 */
function belongsTo(
  entity: Entity,
  repository: GithubRepository,
  url: URL,
): boolean {
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
  // A slug is of the host that the entity comes from. One that comes from no
  // repository, but from a file beside the portal, means github.com or the only
  // host there is; which one cannot be told, so its slug is taken as it is
  return addresses.every(address => address.host === url.host);
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
