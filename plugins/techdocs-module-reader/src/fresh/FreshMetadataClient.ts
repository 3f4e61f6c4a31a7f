import { CompoundEntityRef } from '@backstage/catalog-model';
import { TechDocsClient } from '@backstage/plugin-techdocs';
import {
  TechDocsMetadata,
  TechDocsStorageApi,
} from '@backstage/plugin-techdocs-react';

/**
 * Fetches what is said about a site after the site has been built. The stock
 * client asks before there is a first build, so that the page has no title until
 * it is loaded again.
 */
export class FreshMetadataClient extends TechDocsClient {
  readonly #storage: TechDocsStorageApi;

  constructor(
    options: ConstructorParameters<typeof TechDocsClient>[0] & {
      storage: TechDocsStorageApi;
    },
  ) {
    super(options);
    this.#storage = options.storage;
  }

  override async getTechDocsMetadata(
    entity: CompoundEntityRef,
  ): Promise<TechDocsMetadata> {
    try {
      await this.#storage.syncEntityDocs(entity);
    } catch {
      // There may be an older site, and the page says what is wrong
    }
    return super.getTechDocsMetadata(entity);
  }
}
