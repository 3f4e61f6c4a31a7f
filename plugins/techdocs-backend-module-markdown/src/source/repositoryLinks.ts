import { ScmIntegrations } from '@backstage/integration';
import { ParsedLocationAnnotation } from '@backstage/plugin-techdocs-node';

/**
 * Where the files of a repository are on its host; undefined when the repository is
 * on none.
 *
 * @internal
 */
export interface RepositoryLinks {
  /** The address of a file. */
  view(path: string): string | undefined;
  /** Where a file can be edited in the browser, when the host has such a place. */
  edit(path: string): string | undefined;
}

/** Hosts on which everybody who may read has a way to propose a change. */
const EDITABLE = new Set(['bitbucketCloud', 'github', 'gitlab']);

/** @internal */
export function createRepositoryLinks(options: {
  integrations: ScmIntegrations;
  location?: ParsedLocationAnnotation;
}): RepositoryLinks {
  const { integrations, location } = options;
  if (location?.type !== 'url' || !URL.canParse(location.target)) {
    return { view: () => undefined, edit: () => undefined };
  }
  const base = location.target.replace(/\/*$/, '/');
  const view = (path: string) =>
    integrations.resolveUrl({
      url: `./${path.split('/').map(encodeURIComponent).join('/')}`,
      base,
    });
  return {
    view,
    edit: path =>
      EDITABLE.has(integrations.byUrl(base)?.type ?? '')
        ? integrations.resolveEditUrl(view(path))
        : undefined,
  };
}
