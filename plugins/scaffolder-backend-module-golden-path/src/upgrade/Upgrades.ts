import {
  AuthService,
  BackstageCredentials,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { isError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { GitRepository } from '../git/GitRepository';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { withTemporary } from '../temporary/withTemporary';
import { PathVersion } from '../versions/PathVersion';
import { PathVersions } from '../versions/PathVersions';
import { changesBetween } from './compareVersions';
import { fetchProvenance } from './fetchProvenance';
import { asHostProblem, findUpgradeSource } from './findUpgradeSource';
import { fitAnswers } from './fitAnswers';
import { ReadProvenance } from './readProvenance';
import { assertOwnTemplateBranch } from './templateBranch';
import { UpgradeError } from './UpgradeError';
import {
  UpgradeProposal,
  UpgradeStatus,
} from '@waymark/plugin-golden-paths-common';
import { UpgradeRenderer } from './UpgradeRenderer';
import { UpgradeStore } from './UpgradeStore';

/**
 * Tells how a service stands to its golden path, without rendering anything.
 *
 * @internal
 */
export class Upgrades {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
      reader: UrlReaderService;
      renderer: UpgradeRenderer;
      scaffolder: ScaffolderService;
      sources: ComponentSources;
      store: UpgradeStore;
      versions: PathVersions;
    },
  ) {}

  /**
   * @param options - `answers`: to what the path has come to ask
   * @throws NotFoundError for an entity that is not there, or not to be seen
   */
  async status(
    entityRef: string,
    options: { credentials: BackstageCredentials; answers?: JsonObject },
  ): Promise<Omit<UpgradeStatus, 'mayPropose'>> {
    const { catalog } = this.options;
    const entity = await catalog.getEntityByRef(entityRef, options);
    if (!entity) {
      throw new NotFoundError(`There is no ${entityRef} in the catalog`);
    }
    const status: Omit<UpgradeStatus, 'mayPropose'> = {
      entityRef,
      state: 'unknown',
      layers: [],
      changes: [],
    };
    try {
      await this.find(status, options);
    } catch (error) {
      const problem = asHostProblem(error);
      if (!(problem instanceof UpgradeError)) {
        throw error;
      }
      status.problem = problem.problem;
    }
    return status;
  }

  /** Fills in what can be found out, in the order in which it can. */
  private async find(
    status: Omit<UpgradeStatus, 'mayPropose'>,
    options: { credentials: BackstageCredentials; answers?: JsonObject },
  ): Promise<void> {
    const { credentials, answers: given } = options;
    const { reader, sources, renderer, store, versions } = this.options;
    const source = await findUpgradeSource({
      sources,
      entityRef: status.entityRef,
      credentials,
    });
    const { repository, host } = source.target;
    status.repositoryUrl = repository.url;
    const provenance = await fetchProvenance({ reader, source });
    status.template = { ref: provenance.template, title: provenance.template };
    const records = await store.ofRepository({
      host: host.host,
      id: repository.id,
    });
    const renderedAt = await store.renderedAt(provenance.run);
    status.current = {
      version: provenance.version,
      pathVersion: provenance.pathVersion,
      layers: provenance.layers,
      run: provenance.run || undefined,
      renderedAt: renderedAt?.toISOString(),
    };

    const { template } = await renderer.find(provenance.template);
    status.template = { ref: template.ref, title: template.title };
    const available = await this.available(versions, template.ref);
    status.available = {
      version: available.version,
      pathVersion: available.pathVersion,
      layers: available.layers,
    };
    if (available.version === provenance.version) {
      status.state = 'current';
      return;
    }
    status.state = 'behind';
    Object.assign(status, difference(provenance, available));
    status.run = await this.run(status.entityRef, available.version);

    const refs = await this.refs(source);
    const record = records.find(
      ({ version, changeUrl }) =>
        version === available.version && changeUrl !== undefined,
    );
    if (
      record?.branch &&
      refs.has(`refs/heads/${record.branch}`) &&
      (await isOpen(source, record.changeNumber))
    ) {
      status.state = 'proposed';
      status.proposal = {
        url: record.changeUrl ?? '',
        number: record.changeNumber,
        branch: record.branch,
        version: record.version,
        commit: record.commit ?? '',
        createdAt: record.startedAt.toISOString(),
        taskId: record.taskId,
        conflicts: record.conflicts,
      } satisfies UpgradeProposal;
      return;
    }
    await assertOwnTemplateBranch({ source, store, refs, provenance });
    fitAnswers({
      pages: template.pages,
      recorded: provenance.answers,
      given,
    });
  }

  private async available(
    versions: PathVersions,
    templateRef: string,
  ): Promise<PathVersion> {
    try {
      return await versions.get(templateRef);
    } catch (error) {
      throw new UpgradeError(
        'not-upgradable',
        `Which version of ${templateRef} there is cannot be told: ${
          isError(error) ? error.message : error
        }`,
      );
    }
  }

  /** The latest run that was started for a version. */
  private async run(
    entityRef: string,
    version: string,
  ): Promise<{ taskId: string; status: string } | undefined> {
    const { auth, scaffolder, store } = this.options;
    const request = await store.request({ entityRef, version });
    if (!request?.taskId) {
      return undefined;
    }
    try {
      const { status } = await scaffolder.getTask(
        { taskId: request.taskId },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return { taskId: request.taskId, status };
    } catch (error) {
      // The scaffolder has forgotten it
      this.options.logger.debug(
        `Run ${request.taskId} of an upgrade: ${error}`,
      );
      return { taskId: request.taskId, status: 'unknown' };
    }
  }

  private async refs(source: ComponentSource): Promise<Map<string, string>> {
    const { host, address } = source.target;
    return withTemporary('refs', async directory => {
      const git = await GitRepository.create({ directory });
      return git.listRemoteRefs(await host.gitRemote(address));
    });
  }
}

/** Whether a proposal is one still; a branch by itself is. */
async function isOpen(
  source: ComponentSource,
  number: number | undefined,
): Promise<boolean> {
  const { host, address } = source.target;
  return number === undefined || (await host.isChangeOpen({ address, number }));
}

function difference(
  provenance: ReadProvenance,
  available: PathVersion,
): Pick<UpgradeStatus, 'layers' | 'changes'> {
  const before = new Map(
    provenance.layers.map(({ name, version }) => [name, version]),
  );
  const now = new Map(
    available.layers.map(({ name, version }) => [name, version]),
  );
  return {
    layers: [...new Set([...now.keys(), ...before.keys()])]
      .filter(name => before.get(name) !== now.get(name))
      .map(name => ({
        name,
        from: before.get(name),
        to: now.get(name),
        changes: changesBetween({
          changes: available.changes.layers[name] ?? [],
          from: before.get(name),
          to: now.get(name),
        }),
      })),
    changes: changesBetween({
      changes: available.changes.path,
      from: provenance.pathVersion,
      to: available.pathVersion,
    }),
  };
}
