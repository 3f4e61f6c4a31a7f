import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorOptions,
  GeneratorRunOptions,
  ParsedLocationAnnotation,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { JsonObject } from '@backstage/types';
import {
  MarkdownGeneratorLimits,
  readMarkdownGeneratorOptions,
} from './MarkdownGeneratorOptions';
import { fingerprint } from './source/fingerprint';
import { SourceFolder } from './source/SourceFolder';
import { SiteWorkers } from './worker/SiteWorkers';

/** Of all generators of this backend. */
const workers = new SiteWorkers();

/**
 * Builds a site from the Markdown files of a repository. It runs nothing that
 * the repository brings, and writes nothing into it. The work is done in a thread
 * of its own: what a page costs, the backend does not feel.
 *
 * The extension point of TechDocs takes this one class and those derived from it.
 *
 * @public
 */
export class MarkdownGenerator extends TechdocsGenerator {
  private readonly limits: MarkdownGeneratorLimits;
  private readonly integrations: JsonObject;

  private constructor(config: Config, options: GeneratorOptions) {
    super({
      logger: options.logger,
      config,
      scmIntegrations: ScmIntegrations.fromConfig(config),
    });
    this.integrations = config.getOptional<JsonObject>('integrations') ?? {};
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
    await this.build({
      etag: options.etag,
      inputDir: options.inputDir,
      location: options.parsedLocationAnnotation,
      logger: options.logger,
      name: options.siteOptions?.name,
      outputDir: options.outputDir,
    });
  }

  /**
   * The same for who has no logger of the kind that TechDocs has.
   *
   * @internal
   */
  async build(options: {
    etag?: string;
    inputDir: string;
    location?: ParsedLocationAnnotation;
    logger: Pick<LoggerService, 'info' | 'warn'>;
    /** Of a site that does not name itself. */
    name?: string;
    outputDir: string;
    /** Ends the build, which fails then. */
    signal?: AbortSignal;
  }): Promise<void> {
    const { logger, signal, ...site } = options;
    await workers.build(
      { ...site, integrations: this.integrations, limits: this.limits },
      logger,
      signal,
    );
  }

  /**
   * Something that changes with the documentation in a folder, for folders that
   * have no version of their own.
   *
   * @internal
   */
  async fingerprint(inputDir: string): Promise<string> {
    return fingerprint(await SourceFolder.open(inputDir, this.limits));
  }
}
