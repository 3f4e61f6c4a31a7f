import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { OwningGroup } from '../hosts/RepositoryHost';
import { readRef } from './fields';

const EXAMPLES = {
  group: 'group:default/payments',
  system: 'system:default/shop',
};

/**
 * An entity that a field refers to, or what is wrong with the field. Neither
 * when the field was not filled in.
 *
 * @internal
 */
export interface Lookup {
  found?: OwningGroup & { ref: string };
  problem?: string;
}

/**
 * Finds what a field refers to. People and programs may leave out the kind
 * and ignore the case; the host of an organization may not.
 *
 * @internal
 */
export async function lookUp(options: {
  catalog: CatalogService;
  kind: keyof typeof EXAMPLES;
  ref: string | undefined;
  credentials: BackstageCredentials;
}): Promise<Lookup> {
  const { catalog, kind, ref, credentials } = options;
  if (ref === undefined) {
    return {};
  }
  if (ref === '') {
    return { problem: 'must not be empty' };
  }
  const wanted = readRef(ref, kind);
  if (!wanted) {
    return {
      problem: `'${ref}' is not a reference to a ${kind}, such as ${EXAMPLES[kind]}`,
    };
  }
  const entity = await catalog.getEntityByRef(wanted.ref, { credentials });
  if (!entity) {
    return { problem: `there is no ${wanted.ref} in the catalog` };
  }
  const { namespace = DEFAULT_NAMESPACE, name, annotations } = entity.metadata;
  return { found: { ref: `${kind}:${namespace}/${name}`, name, annotations } };
}
