import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { getEntitySourceLocation } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readRef } from '../checks/fields';
import { RepositoryHosts } from '../hosts/RepositoryHosts';
import { ProposalTarget, ProposalTargets } from './ProposalTargets';
import { folderOf, splitSourceLocation } from './sourceLocation';

/**
 * Where the code of a component is.
 *
 * @internal
 */
export interface ComponentSource {
  /** The whole ref. */
  component: string;
  name: string;
  title: string;
  annotations: Record<string, string>;
  /** As the component says. */
  locatedAt: string;
  repositoryUrl: string;
  /** Its folder in the repository: empty, or with a slash at its end. */
  folder: string;
  target: ProposalTarget;
}

/**
 * Finds the repository of a component, for a change to be proposed there.
 *
 * @internal
 */
export class ComponentSources {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      hosts: RepositoryHosts;
      targets: ProposalTargets;
    },
  ) {}

  /** @throws InputError naming the field `component` */
  async find(
    ref: string,
    options: {
      credentials: BackstageCredentials;
      logger?: LoggerService;
      signal?: AbortSignal;
    },
  ): Promise<ComponentSource> {
    const { catalog, hosts, targets } = this.options;
    const wanted = readRef(ref, 'component');
    if (!wanted) {
      throw new InputError(
        `component: '${ref}' is not a reference to a component, such as component:default/orders-api`,
      );
    }
    const entity = await catalog.getEntityByRef(wanted.ref, options);
    if (!entity) {
      throw new InputError(
        `component: there is no ${wanted.ref} in the catalog`,
      );
    }
    const location = getEntitySourceLocation(entity);
    const split = splitSourceLocation({
      hosts: hosts.all(options.logger),
      target: location.target,
    });
    if (location.type !== 'url' || !split) {
      throw new InputError(
        `component: ${wanted.ref} is described at ${location.target}, which is in no repository that changes can be proposed to`,
      );
    }
    const found = await targets
      .find(split.repositoryUrl, options)
      .catch(error => {
        if (error instanceof InputError) {
          error.message = error.message.replace(
            /^repositoryUrl:/,
            'component:',
          );
        }
        throw error;
      });
    const { name, title = name, annotations = {} } = entity.metadata;
    return {
      component: wanted.ref,
      name,
      title,
      annotations,
      locatedAt: location.target,
      repositoryUrl: found.repository.url,
      folder: folderOf(split.rest, found.repository.defaultBranch),
      target: found,
    };
  }
}
