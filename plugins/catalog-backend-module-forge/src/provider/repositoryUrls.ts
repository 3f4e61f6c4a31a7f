import { CatalogScmEvent } from '@backstage/plugin-catalog-node/alpha';

/**
 * Addresses of the repositories that an event is about; none for events about
 * single files, which the catalog itself deals with.
 *
 * @internal
 */
export function repositoryUrls(event: CatalogScmEvent): string[] {
  switch (event.type) {
    case 'repository.created':
    case 'repository.updated':
    case 'repository.deleted':
      return [event.url];
    case 'repository.moved':
      return [event.fromUrl, event.toUrl];
    default:
      return [];
  }
}
