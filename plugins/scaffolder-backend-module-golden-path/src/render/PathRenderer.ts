import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  LoggerService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
// Rendering has to be the scaffolder's own, and this is where it exports it
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { DELIVERY_PART } from '@waymark/plugin-golden-paths-common';
import { folderOf } from '../deliver/folder';
import { digestFolders } from './digestFolders';
import { dropBlankFiles } from './dropBlankFiles';
import { dropLeftOut } from './dropLeftOut';
import { readPathParts } from './layerParts';
import { readLeftOut } from './leftOut';
import { mergeFolders } from './mergeFolders';
import { Layer } from './readLayer';
import { renderFolder, TemplateRenderAction } from './renderFolder';
import { TemplateSources } from './TemplateSources';

/**
 * What a golden path is rendered from.
 *
 * @internal
 */
export interface PathRendering {
  templateRef: string;
  /** Where the scaffolder reads the files of the template. */
  baseUrl: string | undefined;
  /** A template that has the layers beside it, where this one has not. */
  layersBaseUrl?: string;
  /** Folder within the template's own folder; false: the layers alone. */
  skeleton?: string | false;
  layers: string[];
  /** Globs of files of the skeleton that are copied as they are. */
  copyWithoutTemplating?: string[];
  /** Parts that the service does without: a list of `part` and `reason`. */
  leftOut?: unknown;
  /** False for a service that is there and was never handed to Argo CD. */
  delivered?: boolean;
  /**
   * `repository`, `template` and `parts` are added, and `gitops` where there is
   * one.
   */
  values: JsonObject;
  repository: {
    host: string;
    organization: string;
    name: string;
    team: string;
    url: string;
  };
}

/**
 * Renders golden paths: the skeleton of a template together with its layers.
 * A run that makes a service and one that upgrades it do the same.
 *
 * @internal
 */
export class PathRenderer {
  readonly #sources: TemplateSources;
  readonly #action: TemplateRenderAction;
  readonly #gitopsUrl: () => string | undefined;

  constructor(options: {
    sources: TemplateSources;
    integrations: ScmIntegrations;
    /** Address of the repository that Argo CD reads, if services are delivered. */
    gitopsUrl?: () => string | undefined;
  }) {
    this.#sources = options.sources;
    this.#gitopsUrl = options.gitopsUrl ?? (() => undefined);
    this.#action = createWorkspaceTemplateAction(options);
  }

  /**
   * @param options - `directory`: lent for the work; `target`: what it holds is
   * replaced
   * @throws InputError naming the input, or the file that could not be rendered
   */
  async render(
    options: PathRendering & {
      directory: string;
      target: string;
      logger: LoggerService;
      signal?: AbortSignal;
    },
  ): Promise<{ version: string; layers: Layer[]; values: JsonObject }> {
    const { directory, logger, signal, skeleton = './skeleton' } = options;
    const layers = await this.#sources.fetch({
      baseUrl: options.baseUrl,
      layersBaseUrl: options.layersBaseUrl,
      layers: options.layers,
      directory,
    });
    signal?.throwIfAborted();
    const version = await digestFolders([
      { label: 'template', directory: join(directory, 'template') },
      ...layers.map(({ name }) => ({
        label: `layer ${name}`,
        directory: join(directory, 'layers', name),
      })),
    ]);

    const sources = [
      ...(skeleton === false
        ? []
        : [
            {
              label: 'the skeleton',
              source: join('template', skeleton),
              copyWithoutTemplating: options.copyWithoutTemplating ?? [],
            },
          ]),
      ...layers.map(layer => ({
        label: `the layer '${layer.name}'`,
        source: join('layers', layer.name, 'content'),
        copyWithoutTemplating: layer.copyWithoutTemplating,
      })),
    ];
    if (
      skeleton !== false &&
      // Refuses a skeleton outside the template's folder
      !existsSync(resolveSafeChildPath(join(directory, 'template'), skeleton))
    ) {
      throw new InputError(`skeleton: the template has no folder ${skeleton}`);
    }

    const parts = readPathParts(layers);
    const { leftOut, problem } = readLeftOut(options.leftOut, parts);
    if (problem) {
      throw new InputError(`leftOut: ${problem}`);
    }
    const isLeftOut = (name: string) =>
      leftOut.some(({ part }) => part === name);

    const isDelivered =
      options.delivered !== false && !isLeftOut(DELIVERY_PART);
    const gitopsUrl = isDelivered ? this.#gitopsUrl() : undefined;
    const values = {
      ...(gitopsUrl && {
        gitops: { url: gitopsUrl, folder: folderOf(options.repository.name) },
      }),
      ...options.values,
      repository: options.repository,
      template: { ref: options.templateRef, version },
      parts: Object.fromEntries(
        parts.map(({ name }) => [name, !isLeftOut(name)]),
      ),
    };

    const rendered: { label: string; directory: string }[] = [];
    for (const [index, part] of sources.entries()) {
      const target = join('rendered', String(index));
      await mkdir(join(directory, part.source), { recursive: true });
      await renderFolder({
        action: this.#action,
        directory,
        target,
        ...part,
        values,
        logger,
        signal,
      });
      const result = { label: part.label, directory: join(directory, target) };
      await dropBlankFiles({
        source: join(directory, part.source),
        rendered: result.directory,
        label: result.label,
      });
      rendered.push(result);
    }

    await dropLeftOut({
      parts: parts.filter(({ name }) => isLeftOut(name)),
      rendered,
    });
    const count = await mergeFolders({
      folders: rendered,
      target: options.target,
    });
    for (const layer of layers) {
      logger.info(`Layer ${layer.name} ${layer.version}`);
    }
    for (const { name, title } of parts) {
      if (isLeftOut(name)) {
        logger.info(`Without the part ${name} (${title})`);
      }
    }
    if (
      isDelivered &&
      !gitopsUrl &&
      parts.some(({ name }) => name === DELIVERY_PART)
    ) {
      logger.info(
        'No GitOps repository is configured (scaffolder.goldenPath.gitops): the service is handed to nobody',
      );
    }
    logger.info(`Rendered ${count} files, version ${version}`);
    return { version, layers, values };
  }
}
