import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { DELIVERY_PART } from '@waymark/plugin-golden-paths-common';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { Deliverer } from '../deliver/Deliverer';
import { folderOf } from '../deliver/folder';
import { GitopsPlace } from '../deliver/GitopsPlace';
import { listFiles } from '../files/listFiles';
import { withScratch } from '../files/withScratch';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { findOwningGroup } from '../owners/findOwningGroup';
import { repositoryAddress } from '../publish/repositoryAddress';
import { PathRenderer } from '../render/PathRenderer';

/** Of a GitOps repository that is still to be made. */
const DEFAULT_BRANCH = 'main';

interface DeliverInput {
  name: string;
  owner: string;
  layers?: string[];
  values: Record<string, unknown>;
}

/**
 * `golden-path:deliver`: hands the service to Argo CD, by a folder of its own in
 * the GitOps repository.
 *
 * @internal
 */
export function createDeliverAction(options: {
  getDeliverer: (logger: LoggerService) => Deliverer;
  renderer: PathRenderer;
  gitops: GitopsPlace | undefined;
  config: GoldenPathConfig;
  catalog: CatalogService;
  auditor: AuditorService;
  auth: AuthService;
  getHost: (logger: LoggerService) => RepositoryHost;
}) {
  const { getDeliverer, renderer, config, catalog, auditor, auth } = options;

  return createTemplateAction({
    id: 'golden-path:deliver',
    description:
      'Hands the service to Argo CD: a folder for it in the GitOps repository, by a commit or, where changes are reviewed, by a pull request. Goes after golden-path:publish. A repeat by the same run goes on where it was interrupted.',
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the service'),
        owner: z => z.string().describe('Reference to the owning group'),
        layers: z =>
          z
            .array(z.string())
            .optional()
            .describe('Names of the layers to render. Default: gitops'),
        values: z =>
          z
            .record(z.any())
            .describe('Output of golden-path:render: values for the layers'),
        leftOut: z =>
          z
            .array(z.object({ part: z.string() }).passthrough())
            .optional()
            .describe(
              'The parts that are left out; with delivery among them nothing is done',
            ),
      },
      output: {
        url: z =>
          z
            .string()
            .optional()
            .describe('Address of the folder, or of the pull request'),
        commit: z =>
          z.string().optional().describe('The commit that brings it'),
      },
    },
    async handler(ctx) {
      const { gitops } = options;
      const { name, owner, leftOut = [] } = ctx.input;
      if (leftOut.some(({ part }) => part === DELIVERY_PART)) {
        ctx.logger.info('The delivery is left out, as the form says');
        return;
      }
      if (!gitops) {
        ctx.logger.info(
          'No GitOps repository is configured (scaffolder.goldenPath.gitops); the service is handed to nobody',
        );
        return;
      }
      if (ctx.isDryRun) {
        const url = options.getHost(ctx.logger).contentsUrl({
          address: gitops.address(),
          branch: DEFAULT_BRANCH,
          path: folderOf(name),
        });
        ctx.logger.info(
          `A dry run delivers nothing; the service would be in ${url}`,
        );
        ctx.output('url', url);
        return;
      }

      const event = await auditor.createEvent({
        eventId: 'golden-path-deliver',
        severityLevel: 'medium',
        meta: { taskId: ctx.task.id, name, owner, startedBy: ctx.user?.ref },
      });
      try {
        const { url, commit } = await withScratch(
          ctx.workspacePath,
          'deliver',
          directory => deliver(ctx, gitops, directory),
        );
        await event.success({ meta: { url } });
        ctx.output('url', url);
        ctx.output('commit', commit);
      } catch (error) {
        await event.fail({
          error: isError(error) ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  });

  async function deliver(
    ctx: Pick<
      ActionContext<JsonObject>,
      'logger' | 'signal' | 'task' | 'templateInfo'
    > & { input: DeliverInput },
    gitops: GitopsPlace,
    directory: string,
  ): Promise<{ url: string; commit: string }> {
    const { logger, signal, templateInfo } = ctx;
    const { name, owner, layers = ['gitops'], values } = ctx.input;
    const host = options.getHost(logger);
    const address = gitops.address();
    const service = repositoryAddress({
      host: host.host,
      organization: config.organization,
      owner,
      name,
    });
    const serviceUrl = host.repositoryUrl(service);
    const [serviceTeam, team] = await Promise.all(
      [
        { owner, organization: service.organization },
        { owner: gitops.owner, organization: address.organization },
      ].map(group => findTeam(host, group)),
    );

    const existing = await host.getRepository({ address, signal });
    const target = join(directory, 'gitops');
    await mkdir(target);
    await renderer.render({
      templateRef: templateInfo?.entityRef ?? '',
      baseUrl: templateInfo?.baseUrl,
      skeleton: false,
      layers,
      values: {
        ...(values as JsonObject),
        name,
        owner,
        gitops: {
          url: host.repositoryUrl(address),
          organization: address.organization,
          name: address.name,
          owner: gitops.owner,
          team,
          branch:
            existing && !existing.empty
              ? existing.defaultBranch
              : DEFAULT_BRANCH,
          folder: folderOf(name),
        },
      },
      repository: { ...service, team: serviceTeam, url: serviceUrl },
      directory,
      target,
      logger,
    });
    const files = await listFiles({ directory: target, label: 'The delivery' });
    if (!files.some(({ path }) => path.startsWith(`${folderOf(name)}/`))) {
      throw new InputError(
        `layers: ${layers.join(', ')} bring nothing to ${folderOf(name)}/`,
      );
    }
    return getDeliverer(logger).deliver({
      taskId: ctx.task.id,
      service: name,
      serviceUrl,
      address,
      team,
      files,
      directory,
      logger,
      signal,
    });
  }

  async function findTeam(
    host: RepositoryHost,
    of: { owner: string; organization: string },
  ): Promise<string> {
    const group = await findOwningGroup({
      catalog,
      credentials: await auth.getOwnServiceCredentials(),
      owner: of.owner,
    });
    return host.teamName({ group, organization: of.organization });
  }
}
