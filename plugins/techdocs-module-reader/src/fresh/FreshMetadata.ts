import { CompoundEntityRef } from '@backstage/catalog-model';
import {
  TechDocsApi,
  TechDocsEntityMetadata,
  TechDocsMetadata,
  TechDocsStorageApi,
} from '@backstage/plugin-techdocs-react';

/**
 * Fetches what is said about a site after the site has been built. The stock
 * client asks before there is a first build, so that the page has no title until
 * it is loaded again.
 */
export class FreshMetadata implements TechDocsApi {
  readonly #metadata: TechDocsApi;
  readonly #storage: TechDocsStorageApi;

  constructor(options: { metadata: TechDocsApi; storage: TechDocsStorageApi }) {
    this.#metadata = options.metadata;
    this.#storage = options.storage;
  }

  getApiOrigin(): Promise<string> {
    return this.#metadata.getApiOrigin();
  }

  getCookie(): Promise<{ expiresAt: string }> {
    return this.#metadata.getCookie();
  }

  getEntityMetadata(
    entity: CompoundEntityRef,
  ): Promise<TechDocsEntityMetadata> {
    return this.#metadata.getEntityMetadata(entity);
  }

  async getTechDocsMetadata(
    entity: CompoundEntityRef,
  ): Promise<TechDocsMetadata> {
    try {
      await this.#storage.syncEntityDocs(entity);
    } catch {
      // There may be an older site, and the page says what is wrong
    }
    return this.#metadata.getTechDocsMetadata(entity);
  }
}
