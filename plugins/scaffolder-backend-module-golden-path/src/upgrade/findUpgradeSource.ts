import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import {
  ANNOTATION_LOCATION,
  parseLocationRef,
} from '@backstage/catalog-model';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { ArchivedError } from '../propose/ProposalTargets';
import { splitSourceLocation } from '../propose/sourceLocation';
import { UpgradeError } from './UpgradeError';

/** Hosts throw these when they do not answer, or refuse the portal's credentials. */
const OF_THE_HOST = ['ServiceUnavailableError', 'NotAllowedError', 'GitError'];

/**
 * Finds the repository of a service for an upgrade.
 *
 * @throws UpgradeError when there is none that can be upgraded
 * @internal
 */
export async function findUpgradeSource(options: {
  sources: ComponentSources;
  entityRef: string;
  credentials: BackstageCredentials;
  logger?: LoggerService;
  signal?: AbortSignal;
}): Promise<ComponentSource> {
  const { sources, entityRef, ...rest } = options;
  let source: ComponentSource;
  try {
    source = await sources.find(entityRef, rest);
  } catch (error) {
    if (error instanceof InputError) {
      throw new UpgradeError(
        error instanceof ArchivedError ? 'archived' : 'no-repository',
        error.message.replace(/^component: /, ''),
      );
    }
    throw asHostProblem(error);
  }
  if (source.folder !== '') {
    throw new UpgradeError(
      'no-path',
      `${source.component} is in the folder ${source.folder} of its repository; golden paths make whole repositories`,
    );
  }
  if (!isDescribedThere(source)) {
    throw new UpgradeError(
      'no-repository',
      `${source.component} is described elsewhere than in ${source.repositoryUrl}, which it names as its source: only what is described in a repository speaks for it`,
    );
  }
  return source;
}

/**
 * Anybody can write any source into an entity of their own. What the catalog read it
 * from they cannot; of a repository that was moved since, that may be its old address.
 */
function isDescribedThere(source: ComponentSource): boolean {
  const { annotations, locatedAt, target } = source;
  const repositoryOf = (url: string) => {
    const split = splitSourceLocation({ hosts: [target.host], target: url });
    return split?.repositoryUrl.toLocaleLowerCase('en-US');
  };
  const described = parseLocationRef(annotations[ANNOTATION_LOCATION] ?? 'x:x');
  const found = repositoryOf(described.target);
  return (
    found !== undefined &&
    [locatedAt, target.repository.url].map(repositoryOf).includes(found)
  );
}

/**
 * An error of a host as a problem of the upgrade; any other as it is.
 *
 * @internal
 */
export function asHostProblem(error: unknown): unknown {
  return isError(error) && OF_THE_HOST.includes(error.name)
    ? new UpgradeError('host', error.message)
    : error;
}
