import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { withScratch } from '../files/withScratch';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { findOwningGroup } from '../owners/findOwningGroup';
import { repositoryAddress } from '../publish/repositoryAddress';
import { LayersOfDryRuns } from '../render/LayersOfDryRuns';
import { PathRenderer } from '../render/PathRenderer';

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
  renderer: PathRenderer;
  config: GoldenPathConfig;
  catalog: CatalogService;
  auth: AuthService;
  getHost: (logger: LoggerService) => RepositoryHost;
}) {
  const { renderer, config, catalog, auth, getHost } = options;
  const layersOfDryRuns = new LayersOfDryRuns({ auth, catalog });

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
              'Values for the templates, among them name and owner. repository, template, parts and gitops are added.',
            ),
        leftOut: z =>
          z
            .array(z.any())
            .optional()
            .describe(
              'Parts that the service does without: part and reason of each. Their files are left out, and values.parts says so',
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
        values: z =>
          z
            .record(z.any())
            .describe('All values that the templates saw, for later steps'),
      },
    },
    async handler(ctx) {
      const { values, layers: layerNames = [] } = ctx.input;
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

      // Whoever tries a template has its own folder, and no layers beside it
      const metadata = ctx.templateInfo?.entity?.metadata;
      const layersBaseUrl =
        ctx.isDryRun && metadata && layerNames.length > 0 && !config.layers
          ? await layersOfDryRuns.find(metadata)
          : undefined;

      await withScratch(ctx.workspacePath, 'render', async directory => {
        const rendered = await renderer.render({
          templateRef: ctx.templateInfo?.entityRef ?? '',
          baseUrl: ctx.templateInfo?.baseUrl,
          skeleton: ctx.input.skeleton,
          layersBaseUrl,
          layers: layerNames,
          copyWithoutTemplating: ctx.input.copyWithoutTemplating,
          leftOut: ctx.input.leftOut,
          values: values as JsonObject,
          repository: {
            host: address.host,
            organization: address.organization,
            name: address.name,
            team,
            url: host.repositoryUrl(address),
          },
          directory,
          target: ctx.workspacePath,
          logger: ctx.logger,
        });
        ctx.output('version', rendered.version);
        ctx.output('values', rendered.values);
        ctx.output(
          'layers',
          rendered.layers.map(layer => ({
            name: layer.name,
            version: layer.version,
          })),
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
