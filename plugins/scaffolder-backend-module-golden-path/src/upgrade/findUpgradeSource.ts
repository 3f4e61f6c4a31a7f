import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { ArchivedError } from '../propose/ProposalTargets';
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
  return source;
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
