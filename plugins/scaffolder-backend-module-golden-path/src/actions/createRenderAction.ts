import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AuthService,
  LoggerService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
// Rendering has to be the scaffolder's own, and this is where it exports it
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { withScratch } from '../files/withScratch';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { findOwningGroup } from '../owners/findOwningGroup';
import { repositoryAddress } from '../publish/repositoryAddress';
import { digestFolders } from '../render/digestFolders';
import { dropBlankFiles } from '../render/dropBlankFiles';
import { mergeFolders } from '../render/mergeFolders';
import { renderFolder } from '../render/renderFolder';
import { TemplateSources } from '../render/TemplateSources';

/**
 * `golden-path:render`: puts the template's skeleton and its layers together
 * in the workspace.
 *
 * The workspace is emptied first. A run that was interrupted here finds its
 * workspace half-written or restored; what it then makes is the same.
 *
 * @internal
 */
export function createRenderAction(options: {
  sources: TemplateSources;
  integrations: ScmIntegrations;
  config: GoldenPathConfig;
  catalog: CatalogService;
  auth: AuthService;
  getHost: (logger: LoggerService) => RepositoryHost;
}) {
  const { sources, integrations, config, catalog, auth, getHost } = options;
  const action = createWorkspaceTemplateAction({ integrations });

  return createTemplateAction({
    id: 'golden-path:render',
    description:
      'Renders the skeleton of the template together with the named layers into the workspace, which it empties first.',
    supportsDryRun: true,
    schema: {
      input: {
        skeleton: z =>
          z
            .string()
            .optional()
            .describe(
              "Folder within the template's own folder. Default: ./skeleton",
            ),
        layers: z =>
          z
            .array(z.string())
            .optional()
            .describe('Names of the layers that are rendered with it'),
        values: z =>
          z
            .record(z.any())
            .describe(
              'Values for the templates, among them name and owner. repository and template are added.',
            ),
        copyWithoutTemplating: z =>
          z
            .array(z.string())
            .optional()
            .describe('Globs of files of the skeleton to copy as they are'),
      },
      output: {
        version: z =>
          z.string().describe('Digest of the template folder and its layers'),
        layers: z =>
          z
            .array(z.object({ name: z.string(), version: z.string() }))
            .describe('The layers used'),
      },
    },
    async handler(ctx) {
      const { skeleton = './skeleton', values } = ctx.input;
      const host = getHost(ctx.logger);
      const owner = requireString(values, 'owner');
      const address = repositoryAddress({
        host: host.host,
        organization: config.organization,
        name: requireString(values, 'name'),
        owner,
      });
      const team = host.teamName({
        group: await findOwningGroup({
          catalog,
          credentials: await auth.getOwnServiceCredentials(),
          owner,
        }),
        organization: address.organization,
      });

      await withScratch(ctx.workspacePath, 'render', async directory => {
        const layers = await sources.fetch({
          baseUrl: ctx.templateInfo?.baseUrl,
          layers: ctx.input.layers ?? [],
          directory,
        });
        const version = await digestFolders([
          { label: 'template', directory: join(directory, 'template') },
          ...layers.map(({ name }) => ({
            label: `layer ${name}`,
            directory: join(directory, 'layers', name),
          })),
        ]);

        const parts = [
          {
            label: 'the skeleton',
            source: join('template', skeleton),
            copyWithoutTemplating: ctx.input.copyWithoutTemplating ?? [],
          },
          ...layers.map(layer => ({
            label: `the layer '${layer.name}'`,
            source: join('layers', layer.name, 'content'),
            copyWithoutTemplating: layer.copyWithoutTemplating,
          })),
        ];
        // Refuses a skeleton outside the template's folder
        const skeletonFolder = resolveSafeChildPath(
          join(directory, 'template'),
          skeleton,
        );
        if (!existsSync(skeletonFolder)) {
          throw new InputError(
            `skeleton: the template has no folder ${skeleton}`,
          );
        }

        const rendered: { label: string; directory: string }[] = [];
        for (const [index, part] of parts.entries()) {
          const target = join('rendered', String(index));
          await mkdir(join(directory, part.source), { recursive: true });
          await renderFolder({
            ctx,
            action,
            directory,
            target,
            ...part,
            values: {
              ...values,
              repository: {
                host: address.host,
                organization: address.organization,
                name: address.name,
                team,
                url: host.repositoryUrl(address),
              },
              template: {
                ref: ctx.templateInfo?.entityRef ?? '',
                version,
              },
            },
          });
          const result = {
            label: part.label,
            directory: join(directory, target),
          };
          await dropBlankFiles({
            source: join(directory, part.source),
            rendered: result.directory,
            label: result.label,
          });
          rendered.push(result);
        }

        const count = await mergeFolders({
          folders: rendered,
          target: ctx.workspacePath,
        });

        for (const layer of layers) {
          ctx.logger.info(`Layer ${layer.name} ${layer.version}`);
        }
        ctx.logger.info(`Rendered ${count} files, version ${version}`);
        ctx.output('version', version);
        ctx.output(
          'layers',
          layers.map(layer => ({ name: layer.name, version: layer.version })),
        );
      });
    },
  });
}

function requireString(values: Record<string, unknown>, key: string): string {
  const value = values[key];
  if (typeof value !== 'string') {
    throw new InputError(`values.${key}: must be a text`);
  }
  return value;
}
