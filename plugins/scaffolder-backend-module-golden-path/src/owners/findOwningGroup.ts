import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { InputError } from '@backstage/errors';
import { readRef } from '../checks/fields';
import { OwningGroup } from '../hosts/RepositoryHost';

/**
 * What the catalog knows of an owner. A group that is not there, as in a dry
 * run, is known by its name alone.
 *
 * @throws InputError naming the field, when it is no reference to a group
 * @internal
 */
export async function findOwningGroup(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  owner: string;
}): Promise<OwningGroup> {
  const { catalog, credentials, owner } = options;
  const wanted = readRef(owner, 'group');
  if (!wanted) {
    throw new InputError(`owner: '${owner}' is not a reference to a group`);
  }
  const entity = await catalog.getEntityByRef(wanted.ref, { credentials });
  return entity
    ? { name: entity.metadata.name, annotations: entity.metadata.annotations }
    : { name: wanted.name };
}
