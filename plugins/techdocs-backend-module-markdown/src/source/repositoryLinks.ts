import { ScmIntegrations } from '@backstage/integration';
import { ParsedLocationAnnotation } from '@backstage/plugin-techdocs-node';

/**
 * The address of a file on the host of its repository, or undefined when the
 * repository is on no host.
 *
 * @internal
 */
export type RepositoryLinks = (path: string) => string | undefined;

/** @internal */
export function repositoryLinks(options: {
  integrations: ScmIntegrations;
  location?: ParsedLocationAnnotation;
}): RepositoryLinks {
  const { integrations, location } = options;
  if (location?.type !== 'url' || !URL.canParse(location.target)) {
    return () => undefined;
  }
  const base = location.target.replace(/\/*$/, '/');
  return path =>
    integrations.resolveUrl({
      url: `./${path.split('/').map(encodeURIComponent).join('/')}`,
      base,
    });
}
