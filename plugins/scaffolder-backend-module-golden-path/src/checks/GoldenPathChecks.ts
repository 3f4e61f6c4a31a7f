import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { OwningGroup, RepositoryHost } from '../hosts/RepositoryHost';
import { isOwnCreation } from '../publish/claimRepository';
import { RunRepository, RunStore } from '../runs/RunStore';
import { descriptionProblem, FieldError, nameProblem, readRef } from './fields';

/** Kinds of which a golden path may write one with the name of the service. */
const NAMED_AFTER_THE_SERVICE = ['Component', 'API', 'Resource'];

const EXAMPLES = {
  group: 'group:default/payments',
  system: 'system:default/shop',
};

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

/** An entity that a field refers to, or what is wrong with the field. */
interface Lookup {
  found?: OwningGroup & { ref: string };
  problem?: string;
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
      getHost: (logger?: LoggerService) => RepositoryHost;
    },
  ) {}

  async check(
    request: CheckRequest,
    options: CheckOptions,
  ): Promise<CheckResult> {
    const [own, owner, system] = await Promise.all([
      request.taskId ? this.options.store.list({ taskId: request.taskId }) : [],
      this.lookUp('group', request.owner, options),
      // The form sends an empty text when the field was emptied again
      this.lookUp('system', request.system || undefined, options),
    ]);
    const organization = this.options.config.organization ?? owner.found?.name;
    const ownerProblem =
      owner.found && organization
        ? await this.checkHosting(owner.found, organization, options)
        : owner.problem;
    const problems = await Promise.all([
      this.checkName(
        {
          name: request.name,
          // Where there is no organization, there is no repository to look for
          organization: ownerProblem ? undefined : organization,
          own,
        },
        options,
      ),
      ownerProblem,
      system.problem,
      request.description === undefined
        ? undefined
        : descriptionProblem(request.description),
    ]);
    const fields = ['name', 'owner', 'system', 'description'];
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

  private async checkName(
    request: { name?: string; organization?: string; own: RunRepository[] },
    options: CheckOptions,
  ): Promise<string | undefined> {
    const { name, organization, own } = request;
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

    if (!organization) {
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
    return existing && !isOwn
      ? `'${name}' is taken: there is a repository ${existing.url}`
      : undefined;
  }

  /** Whether the host has a place for what the group owns. */
  private async checkHosting(
    group: OwningGroup,
    organization: string,
    options: CheckOptions,
  ): Promise<string | undefined> {
    const { logger, signal } = options;
    const host = this.options.getHost(logger);
    const note = host.absenceNote ?? '';
    try {
      if (!(await host.organizationExists({ organization, signal }))) {
        return `there is no organization '${organization}' on ${host.host} for the repository${note}`;
      }
      const team = host.teamName({ group, organization });
      const isThere =
        !host.teamExists ||
        (await host.teamExists({ organization, team, signal }));
      return isThere
        ? undefined
        : `there is no team '${team}' in the organization ${organization} on ${host.host} for the group ${group.name}; create it, or name another in the group's annotation github.com/team-slug`;
    } catch (error) {
      // Something about the group or the organization, for people to put right
      if (error instanceof InputError) {
        return error.message;
      }
      throw error;
    }
  }

  /**
   * Finds what a field refers to. People and programs may leave out the kind
   * and ignore the case; the host of an organization may not.
   */
  private async lookUp(
    kind: keyof typeof EXAMPLES,
    ref: string | undefined,
    options: { credentials: BackstageCredentials },
  ): Promise<Lookup> {
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
    const entity = await this.options.catalog.getEntityByRef(
      wanted.ref,
      options,
    );
    if (!entity) {
      return { problem: `there is no ${wanted.ref} in the catalog` };
    }
    const {
      namespace = DEFAULT_NAMESPACE,
      name,
      annotations,
    } = entity.metadata;
    return {
      found: { ref: `${kind}:${namespace}/${name}`, name, annotations },
    };
  }
}
