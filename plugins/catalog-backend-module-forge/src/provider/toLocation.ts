import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  LocationEntity,
} from '@backstage/catalog-model';
import { DeferredEntity } from '@backstage/plugin-catalog-node';
import { createHash } from 'node:crypto';
import {
  Repository,
  repositoryKey,
  RepositoryName,
} from '../client/Repository';
import {
  ANNOTATION_FORGE_PROVIDER,
  ANNOTATION_FORGE_UPDATED_AT,
} from './annotations';

/** Where a repository describes what is in it. */
const ENTITY_FILE = 'catalog-info.yaml';

/**
 * The Location through which the catalog reads a repository.
 *
 * @remarks
 * It is named after the repository, not after the file, so that a removal needs
 * to know nothing but the repository's address. Its key names the file: another
 * default branch is another key, upon which the catalog replaces the Location
 * together with all that came from it.
 *
 * @internal
 */
export function toLocation(
  repository: Repository,
  options: { baseUrl: string; providerName: string },
): DeferredEntity {
  const { baseUrl, providerName } = options;
  const { owner, name, defaultBranch, updatedAt } = repository;
  const page = `${baseUrl}/${owner}/${name}`;
  const target = `${page}/src/branch/${encodeURIComponent(
    defaultBranch,
  )}/${ENTITY_FILE}`;
  const entity: LocationEntity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: locationName(repository, options),
      title: `${owner}/${name}`,
      annotations: {
        [ANNOTATION_LOCATION]: `url:${target}`,
        [ANNOTATION_ORIGIN_LOCATION]: `url:${target}`,
        [ANNOTATION_FORGE_PROVIDER]: providerName,
        [ANNOTATION_FORGE_UPDATED_AT]: updatedAt,
      },
    },
    spec: { type: 'url', target, presence: 'optional' },
  };
  return { entity, locationKey: `url:${target}` };
}

/** @internal */
export function locationRef(
  repository: RepositoryName,
  options: { baseUrl: string },
): string {
  return `location:default/${locationName(repository, options)}`;
}

function locationName(
  repository: RepositoryName,
  options: { baseUrl: string },
): string {
  const key = repositoryKey(repository);
  const hash = createHash('sha256')
    .update(`${options.baseUrl}/${key}`)
    .digest('hex')
    .slice(0, 16);
  // Readable in a log, within the 63 characters of a name
  const readable = key
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 46)
    .replace(/-$/, '');
  return `${readable}-${hash}`.replace(/^-/, '');
}
