import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { isOwnCreation } from '../publish/claimRepository';
import { RunRepository, RunStore } from '../runs/RunStore';
import { descriptionProblem, FieldError, nameProblem, readRef } from './fields';

/** Kinds of which a golden path may write one with the name of the service. */
const NAMED_AFTER_THE_SERVICE = ['Component', 'API', 'Resource'];

/**
 * What was filled in so far. A field that is undefined is not looked at.
 *
 * @internal
 */
export interface CheckRequest {
  name?: string;
  owner?: string;
  system?: string;
  description?: string;
  /** The run that asks: what it made itself does not stand in its way. */
  taskId?: string;
}

/**
 * Looks at the answers to a golden path's form before anything is made.
 *
 * @internal
 */
export class GoldenPathChecks {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      store: RunStore;
      config: GoldenPathConfig;
      getHost: () => RepositoryHost;
    },
  ) {}

  /** @returns all that is wrong; nothing when it is empty */
  async check(
    request: CheckRequest,
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<FieldError[]> {
    const own = request.taskId
      ? await this.options.store.list({ taskId: request.taskId })
      : [];
    const problems = await Promise.all([
      this.checkName(request, own, options),
      this.checkOwner(request, options),
      this.checkSystem(request, options),
      request.description === undefined
        ? undefined
        : descriptionProblem(request.description),
    ]);
    const fields = ['name', 'owner', 'system', 'description'];
    return problems.flatMap((message, index) =>
      message === undefined ? [] : [{ field: fields[index], message }],
    );
  }

  private async checkName(
    request: CheckRequest,
    own: RunRepository[],
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<string | undefined> {
    const { name, owner } = request;
    if (name === undefined) {
      return undefined;
    }
    const problem = nameProblem(name);
    if (problem) {
      return problem;
    }

    const { items } = await this.options.catalog.getEntitiesByRefs(
      {
        entityRefs: NAMED_AFTER_THE_SERVICE.map(kind =>
          stringifyEntityRef({ kind, name }),
        ),
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      options,
    );
    const taken = items.find(entity => {
      const location = entity?.metadata.annotations?.[ANNOTATION_LOCATION];
      return (
        entity && !own.some(entry => location?.startsWith(`url:${entry.url}/`))
      );
    });
    if (taken) {
      return `'${name}' is taken: there is ${stringifyEntityRef(
        taken,
      )} in the catalog`;
    }

    const { config, getHost } = this.options;
    const organization =
      config.organization ?? (owner && readRef(owner, 'group')?.name);
    if (!organization) {
      return undefined;
    }
    const host = getHost();
    const address = { organization, name };
    const existing = await host.getRepository({
      address,
      signal: options.signal,
    });
    const isOwn =
      existing &&
      own.some(
        entry =>
          entry.host === host.host &&
          entry.organization === organization &&
          entry.name === name &&
          (entry.repositoryId === existing.id ||
            isOwnCreation(entry, existing)),
      );
    return existing && !isOwn
      ? `'${name}' is taken: there is a repository ${existing.url}`
      : undefined;
  }

  private async checkOwner(
    request: CheckRequest,
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<string | undefined> {
    if (request.owner === undefined) {
      return undefined;
    }
    if (request.owner === '') {
      return 'must not be empty';
    }
    const owner = readRef(request.owner, 'group');
    if (!owner) {
      return `'${request.owner}' is not a reference to a group, such as group:default/payments`;
    }
    if (!(await this.options.catalog.getEntityByRef(owner.ref, options))) {
      return `there is no ${owner.ref} in the catalog`;
    }
    const { config, getHost } = this.options;
    const host = getHost();
    const organization = config.organization ?? owner.name;
    const exists = await host.organizationExists({
      organization,
      signal: options.signal,
    });
    return exists
      ? undefined
      : `there is no organization '${organization}' on ${host.host} for the repository`;
  }

  private async checkSystem(
    request: CheckRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<string | undefined> {
    // The form sends an empty text when the field was emptied again
    if (!request.system) {
      return undefined;
    }
    const system = readRef(request.system, 'system');
    if (!system) {
      return `'${request.system}' is not a reference to a system, such as system:default/shop`;
    }
    return (await this.options.catalog.getEntityByRef(system.ref, options))
      ? undefined
      : `there is no ${system.ref} in the catalog`;
  }
}
