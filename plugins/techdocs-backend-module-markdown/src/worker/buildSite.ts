import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ParsedLocationAnnotation } from '@backstage/plugin-techdocs-node';
import { JsonObject } from '@backstage/types';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';
import { writeMetadata } from '../output/writeMetadata';
import { writeSite } from '../output/writeSite';
import { readSite } from '../source/readSite';
import { createRepositoryLinks } from '../source/repositoryLinks';
import { SourceFolder } from '../source/SourceFolder';

/**
 * A site to be built, in a form that can be handed to another thread.
 *
 * @internal
 */
export interface SiteJob {
  etag?: string;
  inputDir: string;
  /** As `integrations` of the configuration. */
  integrations: JsonObject;
  limits: MarkdownGeneratorLimits;
  location?: ParsedLocationAnnotation;
  /** Of a site that does not name itself. */
  name?: string;
  outputDir: string;
  /** Files that cannot be shown, with the reason. */
  unreadable?: Record<string, string>;
}

/** @internal */
export interface BuildLogger {
  info(message: string): void;
  warn(message: string): void;
}

/** What is said of one site; more of it is in the log of the build. */
const MAX_WARNINGS = 100;

/** What is said while it is built: each of it goes to all who wait for the site. */
const MAX_LOGGED_WARNINGS = 1000;

/**
 * Reads the folder of a repository and writes its site.
 *
 * @internal
 */
export async function buildSite(
  job: SiteJob,
  options: { logger: BuildLogger; onPage: (file: string) => void },
): Promise<void> {
  const { etag, limits, location, outputDir, unreadable = {} } = job;
  const warnings = new Set<string>();
  let logged = 0;
  const logger: BuildLogger = {
    info: message => options.logger.info(message),
    warn(message) {
      if (!warnings.has(message) && warnings.size < MAX_WARNINGS) {
        warnings.add(message);
      }
      logged += 1;
      if (logged <= MAX_LOGGED_WARNINGS) {
        options.logger.warn(message);
      } else if (logged === MAX_LOGGED_WARNINGS + 1) {
        options.logger.warn('There is more to mend, which is not listed here');
      }
    },
  };
  const source = await SourceFolder.open(job.inputDir, limits);
  const site = await readSite({
    defaultName: job.name ?? 'Documentation',
    limits,
    logger,
    source,
    unreadable,
  });
  logger.info(`Building ${site.pages.length} pages`);
  writeSite({
    limits,
    logger,
    onPage: options.onPage,
    outputDir,
    repositoryLinks: createRepositoryLinks({
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({ integrations: job.integrations }),
      ),
      location,
    }),
    site,
    source,
  });
  await writeMetadata({ etag, outputDir, site, warnings: [...warnings] });
  logger.info(`Built ${site.pages.length} pages of documentation`);
}
