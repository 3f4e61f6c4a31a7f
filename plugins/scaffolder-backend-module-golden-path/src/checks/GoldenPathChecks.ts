import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { GitopsPlace } from '../deliver/GitopsPlace';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { ProposalTargets } from '../propose/ProposalTargets';
import { isOwnCreation } from '../publish/claimRepository';
import { RunRepository, RunStore } from '../runs/RunStore';
import {
  descriptionProblem,
  entityNameProblem,
  FieldError,
  nameProblem,
} from './fields';
import { hostingProblem } from './hostingProblem';
import { Lookup, lookUp } from './lookUp';

/** Kinds of which a golden path may write one with the name of the service. */
const NAMED_AFTER_THE_SERVICE = ['Component', 'API', 'Resource'];

/** What a path writes that brings a repository of its own along. */
const NAMED_IN_ITS_REPOSITORY = ['Component'];

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
  /**
   * The repository that the service is in already, for paths that make none.
   * The name is then any that the catalog takes.
   */
  repositoryUrl?: string;
  /** The run that asks: what it made itself does not stand in its way. */
  taskId?: string;
}

/**
 * What a check found.
 *
 * @internal
 */
export interface CheckResult {
  /** All that is wrong; nothing when it is empty. */
  errors: FieldError[];
  /** The whole reference to the owner, as the catalog writes it, if it is there. */
  owner?: string;
  /** The same of the system. */
  system?: string;
}

/** For whom a check is made. */
interface CheckOptions {
  credentials: BackstageCredentials;
  /** Of the task, if it is one that asks. */
  logger?: LoggerService;
  signal?: AbortSignal;
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
      targets: ProposalTargets;
      gitops: GitopsPlace | undefined;
      getHost: (logger?: LoggerService) => RepositoryHost;
    },
  ) {}

  async check(
    request: CheckRequest,
    options: CheckOptions,
  ): Promise<CheckResult> {
    const { catalog, store } = this.options;
    const [own, owner, system] = await Promise.all([
      request.taskId ? store.list({ taskId: request.taskId }) : [],
      lookUp({ catalog, kind: 'group', ref: request.owner, ...options }),
      lookUp({
        catalog,
        kind: 'system',
        // The form sends an empty text when the field was emptied again
        ref: request.system || undefined,
        ...options,
      }),
    ]);
    const { organization, problem: ownerProblem } = await this.checkOwner(
      request,
      owner,
      options,
    );
    const problems = await Promise.all([
      this.checkName({ ...request, organization, own }, options),
      ownerProblem,
      system.problem,
      request.description === undefined
        ? undefined
        : descriptionProblem(request.description),
      this.checkRepository(request.repositoryUrl, options),
    ]);
    const fields = ['name', 'owner', 'system', 'description', 'repositoryUrl'];
    return {
      errors: problems.flatMap((message, index) =>
        message === undefined ? [] : [{ field: fields[index], message }],
      ),
      owner: owner.found?.ref,
      system: system.found?.ref,
    };
  }

  /** @throws InputError with a line for each field that is wrong */
  async assert(
    ...args: Parameters<GoldenPathChecks['check']>
  ): Promise<Omit<CheckResult, 'errors'>> {
    const { errors, ...found } = await this.check(...args);
    if (errors.length > 0) {
      throw new InputError(
        errors.map(({ field, message }) => `${field}: ${message}`).join('\n'),
      );
    }
    return found;
  }

  /**
   * @returns what is wrong with the owner, or the organization in which a new
   * repository of theirs would be
   */
  private async checkOwner(
    request: CheckRequest,
    owner: Lookup,
    options: CheckOptions,
  ): Promise<{ organization?: string; problem?: string }> {
    const organization = this.options.config.organization ?? owner.found?.name;
    if (owner.problem || request.repositoryUrl !== undefined) {
      return { problem: owner.problem };
    }
    if (!owner.found || !organization) {
      return { organization };
    }
    const problem = await hostingProblem({
      host: this.options.getHost(options.logger),
      group: owner.found,
      organization,
      signal: options.signal,
    });
    // Where there is no organization, there is no repository to look for
    return problem ? { problem } : { organization };
  }

  /** Whether a change can be proposed to the repository of an existing service. */
  private async checkRepository(
    repositoryUrl: string | undefined,
    options: CheckOptions,
  ): Promise<string | undefined> {
    if (repositoryUrl === undefined) {
      return undefined;
    }
    try {
      await this.options.targets.find(repositoryUrl, options);
      return undefined;
    } catch (error) {
      if (error instanceof InputError) {
        return error.message.replace(/^repositoryUrl: /, '');
      }
      throw error;
    }
  }

  private async checkName(
    request: {
      name?: string;
      organization?: string;
      repositoryUrl?: string;
      own: RunRepository[];
    },
    options: CheckOptions,
  ): Promise<string | undefined> {
    const { name, organization, repositoryUrl, own } = request;
    if (name === undefined) {
      return undefined;
    }
    const isNew = repositoryUrl === undefined;
    const problem = isNew ? nameProblem(name) : entityNameProblem(name);
    if (problem) {
      return problem;
    }
    const { gitops } = this.options;
    if (isNew && name === gitops?.name) {
      return `'${name}' is taken: it is the name of the repository that Argo CD reads`;
    }

    const { items } = await this.options.catalog.getEntitiesByRefs(
      {
        entityRefs: (isNew
          ? NAMED_AFTER_THE_SERVICE
          : NAMED_IN_ITS_REPOSITORY
        ).map(kind => stringifyEntityRef({ kind, name })),
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

    if (!isNew || !organization) {
      return undefined;
    }
    const host = this.options.getHost(options.logger);
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
    if (existing && !isOwn) {
      return `'${name}' is taken: there is a repository ${existing.url}`;
    }
    return gitops?.nameProblem({
      service: name,
      serviceUrl: host.repositoryUrl(address),
      ...options,
    });
  }
}
