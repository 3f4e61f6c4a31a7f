import { LocationSpec } from '@backstage/plugin-catalog-common';
import { ForgeClient } from '../client/ForgeClient';
import { EntityFileLimits } from './EntityFileLimits';

/**
 * A host whose files are read with bounds.
 *
 * @internal
 */
export interface ForgeSource {
  client: ForgeClient;
  limits: EntityFileLimits;
}

/**
 * The host that a location is on.
 *
 * @returns undefined when it is on none, or is no address of a file there
 * @internal
 */
export function findForgeSource(
  sources: ForgeSource[],
  location: LocationSpec,
): ForgeSource | undefined {
  return sources.find(
    ({ client }) =>
      location.type === 'url' && isFilePage(location.target, client.baseUrl),
  );
}

function isFilePage(url: string, baseUrl: string): boolean {
  return (
    url.startsWith(`${baseUrl}/`) &&
    /^[^/]+\/[^/]+\/src\/(branch|tag|commit)\/[^/]+\/./.test(
      url.slice(baseUrl.length + 1),
    )
  );
}
