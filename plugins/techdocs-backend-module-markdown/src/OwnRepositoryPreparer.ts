import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  getLocationForEntity,
  PreparerBase,
  PreparerOptions,
  PreparerResponse,
} from '@backstage/plugin-techdocs-node';
import { isSameRepository } from './source/isSameRepository';

/**
 * Prepares the documentation of an entity from where the entity itself was read.
 *
 * That place is written by the catalog. All other annotations are the words of
 * whoever may push there, while the portal reads with rights of its own: they
 * could name a folder of its disk, or a repository they may not read themselves,
 * and have it published.
 *
 * @internal
 */
export class OwnRepositoryPreparer implements PreparerBase {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #preparer: PreparerBase;
  readonly #otherRepositories: boolean;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    preparer: PreparerBase;
    /** Whether one repository may name another one. */
    otherRepositories: boolean;
  }) {
    this.#integrations = options.integrations;
    this.#preparer = options.preparer;
    this.#otherRepositories = options.otherRepositories;
  }

  shouldCleanPreparedDirectory(): boolean {
    return this.#preparer.shouldCleanPreparedDirectory();
  }

  async prepare(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    this.#assertOwn(entity);
    return this.#preparer.prepare(entity, options);
  }

  #assertOwn(entity: Entity): void {
    const readFrom = parseLocationRef(
      entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? 'url:unknown',
    );
    if (readFrom.type === 'file') {
      // Whoever may write files beside the portal may read them
      return;
    }
    const documentation = getLocationForEntity(entity, this.#integrations);
    if (documentation.type !== 'url') {
      throw new NotAllowedError(
        'The annotation backstage.io/source-location names a place that is not a repository, which is for entities from files beside the portal only',
      );
    }
    if (
      !this.#otherRepositories &&
      !isSameRepository(readFrom.target, documentation.target)
    ) {
      throw new NotAllowedError(
        `The documentation at ${documentation.target} is in another repository than the entity; techdocs.otherRepositories allows that`,
      );
    }
  }
}
