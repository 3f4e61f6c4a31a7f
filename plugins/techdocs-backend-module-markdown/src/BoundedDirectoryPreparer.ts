import {
  ANNOTATION_LOCATION,
  Entity,
  getEntitySourceLocation,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  PreparerBase,
  PreparerOptions,
  PreparerResponse,
} from '@backstage/plugin-techdocs-node';

/**
 * Prepares `dir:` references, of which those into the disk of the portal are for
 * entities that were read from there themselves.
 *
 * Where an entity was read from is written by the catalog. Its source location,
 * which such a reference is relative to, is taken from the entity's own file: a
 * repository could name any folder of the machine there, and have it published.
 *
 * @internal
 */
export class BoundedDirectoryPreparer implements PreparerBase {
  constructor(private readonly directories: PreparerBase) {}

  shouldCleanPreparedDirectory(): boolean {
    return this.directories.shouldCleanPreparedDirectory();
  }

  async prepare(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    const readFrom = entity.metadata.annotations?.[ANNOTATION_LOCATION];
    if (
      getEntitySourceLocation(entity).type !== 'url' &&
      !readFrom?.startsWith('file:')
    ) {
      throw new NotAllowedError(
        'The annotation backstage.io/source-location names a place that is not a repository, which is for entities from files beside the portal only',
      );
    }
    return this.directories.prepare(entity, options);
  }
}
