import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ComponentSource } from '../propose/ComponentSources';
import { PROVENANCE_PATH } from '../publish/provenance';
import { noPath } from './examineRepository';
import { readProvenance, ReadProvenance } from './readProvenance';
import { UpgradeError } from './UpgradeError';

/**
 * Reads what a repository says of its origin, and nothing else of it.
 *
 * @throws UpgradeError when there is nothing, or it cannot be read
 * @internal
 */
export async function fetchProvenance(options: {
  reader: UrlReaderService;
  source: ComponentSource;
  signal?: AbortSignal;
}): Promise<ReadProvenance> {
  const { reader, source, signal } = options;
  const { host, address, repository } = source.target;
  try {
    const file = await reader.readUrl(
      host.contentsUrl({
        address,
        branch: repository.defaultBranch,
        path: PROVENANCE_PATH,
      }),
      { signal },
    );
    return readProvenance((await file.buffer()).toString('utf8'));
  } catch (error) {
    signal?.throwIfAborted();
    if (isError(error) && error.name === 'NotFoundError') {
      throw noPath(source);
    }
    if (error instanceof UpgradeError) {
      throw error;
    }
    throw new UpgradeError(
      'host',
      `${repository.url} cannot be read: ${
        isError(error) ? error.message : error
      }`,
    );
  }
}
