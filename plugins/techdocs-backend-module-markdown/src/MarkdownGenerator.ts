import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorOptions,
  GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import {
  MarkdownGeneratorLimits,
  readMarkdownGeneratorOptions,
} from './MarkdownGeneratorOptions';
import { writeMetadata } from './output/writeMetadata';
import { writeSite } from './output/writeSite';
import { readSite } from './source/readSite';
import { repositoryLinks } from './source/repositoryLinks';
import { SourceFolder } from './source/SourceFolder';

/**
 * Builds a site from the Markdown files of a repository. It runs nothing that
 * the repository brings, and writes nothing into it.
 *
 * The extension point of TechDocs takes this one class and those derived from it.
 *
 * @public
 */
export class MarkdownGenerator extends TechdocsGenerator {
  private readonly limits: MarkdownGeneratorLimits;
  private readonly integrations: ScmIntegrations;

  private constructor(config: Config, options: GeneratorOptions) {
    const integrations = ScmIntegrations.fromConfig(config);
    super({
      logger: options.logger,
      config,
      scmIntegrations: integrations,
    });
    this.integrations = integrations;
    this.limits = readMarkdownGeneratorOptions(config).limits;
  }

  /** {@inheritDoc @backstage/plugin-techdocs-node#TechdocsGenerator.fromConfig} */
  static fromConfig(
    config: Config,
    options: GeneratorOptions,
  ): MarkdownGenerator {
    return new MarkdownGenerator(config, options);
  }

  /**
   * Reads `inputDir` and fills `outputDir`.
   *
   * @throws InputError when mkdocs.yml is malformed or leads out of the
   *   repository, when there is nothing to build, or when a limit is passed.
   */
  override async run(options: GeneratorRunOptions): Promise<void> {
    const { etag, inputDir, logger, outputDir, siteOptions } = options;
    const { limits } = this;
    const source = await SourceFolder.open(inputDir, limits);
    const site = await readSite({
      defaultName: siteOptions?.name ?? 'Documentation',
      limits,
      logger,
      source,
    });
    await writeSite({
      limits,
      logger,
      outputDir,
      repositoryUrl: repositoryLinks({
        integrations: this.integrations,
        location: options.parsedLocationAnnotation,
      }),
      site,
      source,
    });
    await writeMetadata({ etag, outputDir, site });
    logger.info(`Built ${site.pages.length} pages of documentation`);
  }
}
