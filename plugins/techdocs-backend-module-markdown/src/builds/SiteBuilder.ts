import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  getCompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  getLocationForEntity,
  parseReferenceAnnotation,
  PreparerBase,
} from '@backstage/plugin-techdocs-node';
import { rm } from 'node:fs/promises';
import pLimit from 'p-limit';
import { MarkdownGenerator } from '../MarkdownGenerator';
import { SITE_FORMAT } from '../output/writeMetadata';
import { BuildLog } from './BuildLog';
import { PublishedSites } from './PublishedSites';

interface Flight {
  log: BuildLog;
  /** Whether the repository has changed since it was read. */
  isOutdated: boolean;
  done: Promise<boolean>;
}

/** Sites that are built at the same time; each holds its pages in memory. */
const MAX_BUILDS = 4;

/**
 * For how long a site counts as checked, so that a page with many readers does not
 * ask its host again and again. What is pushed in between is heard of at once.
 */
const CHECKED_FOR_MS = 2000;

/** How long a backend that is being stopped waits for its builds to end. */
const END_WITHIN_MS = 5000;

/**
 * Brings sites up to date with their repositories. Who asks for a site that is
 * being built waits for that build.
 *
 * @internal
 */
export class SiteBuilder {
  readonly #flights = new Map<string, Flight>();
  readonly #checked = new Map<string, number>();
  readonly #limit = pLimit(MAX_BUILDS);
  readonly #ending = new AbortController();

  constructor(
    private readonly options: {
      generator: MarkdownGenerator;
      integrations: ScmIntegrations;
      logger: LoggerService;
      preparers: Record<'dir' | 'url', PreparerBase>;
      sites: PublishedSites;
    },
  ) {}

  /**
   * Resolves to whether there is a new site.
   *
   * @throws whatever keeps the site from being built.
   */
  async build(
    entity: Entity,
    onLog: (line: string) => void = () => {},
  ): Promise<boolean> {
    const ref = stringifyEntityRef(entity);
    const current = this.#flights.get(ref);
    if (!current && Date.now() - this.#checkedAt(ref) < CHECKED_FOR_MS) {
      return false;
    }
    const flight =
      current && !current.isOutdated
        ? current
        : this.#start(ref, entity, current);
    const stop = flight.log.listen(onLog);
    try {
      return await flight.done;
    } finally {
      stop();
    }
  }

  /**
   * Says that some repository has changed. Which entities it has takes a moment to
   * find out, in which nobody may be told that their page is new.
   */
  outdate(): void {
    this.#checked.clear();
    for (const flight of this.#flights.values()) {
      flight.isOutdated = true;
    }
  }

  /**
   * Ends what is being built, so that nothing of it is left on the disk. What is
   * being read from its host cannot be told to end; it is waited for, a little.
   */
  async stop(): Promise<void> {
    this.#ending.abort(new Error('The backend is being stopped'));
    const flights = [...this.#flights.values()].map(({ done }) => done);
    await Promise.race([
      Promise.allSettled(flights),
      new Promise(resolve => {
        setTimeout(resolve, END_WITHIN_MS).unref();
      }),
    ]);
  }

  #checkedAt(ref: string): number {
    return this.#checked.get(ref) ?? 0;
  }

  #start(ref: string, entity: Entity, before?: Flight): Flight {
    const log = new BuildLog(this.options.logger.child({ entity: ref }));
    const flight: Flight = {
      log,
      isOutdated: false,
      done: Promise.resolve(false),
    };
    const run = async () => {
      // Two builds of one site must not overtake each other
      await before?.done.catch(() => {});
      const startedAt = Date.now();
      const updated = await this.#limit(() => this.#run(entity, log));
      if (!flight.isOutdated) {
        this.#checked.set(ref, startedAt);
      }
      return updated;
    };
    flight.done = run().finally(() => {
      if (this.#flights.get(ref) === flight) {
        this.#flights.delete(ref);
      }
    });
    this.#flights.set(ref, flight);
    return flight;
  }

  async #run(entity: Entity, log: BuildLog): Promise<boolean> {
    const { generator, integrations, preparers, sites } = this.options;
    const { signal } = this.#ending;
    signal.throwIfAborted();
    const { type } = parseReferenceAnnotation(
      'backstage.io/techdocs-ref',
      entity,
    );
    const preparer = preparers[type === 'url' ? 'url' : 'dir'];
    const name = getCompoundEntityRef(entity);
    const version = await sites.version(name);
    // A site of another release of this module is built anew
    const known = version?.format === SITE_FORMAT ? version.etag : undefined;

    log.info('Reading the repository');
    let inputDir: string;
    let etag: string;
    try {
      const prepared = await preparer.prepare(entity, {
        etag: known,
        logger: log,
      });
      inputDir = prepared.preparedDir;
      etag = prepared.etag;
    } catch (error) {
      if (isError(error) && error.name === 'NotModifiedError') {
        return false;
      }
      throw error;
    }

    let outputDir: string | undefined;
    try {
      outputDir = await sites.open();
      // A folder on the disk comes without a version
      etag = etag || (await generator.fingerprint(inputDir));
      if (etag === known) {
        return false;
      }
      await generator.build({
        inputDir,
        outputDir,
        etag,
        location: getLocationForEntity(entity, integrations),
        logger: log,
        name: entity.metadata.title ?? entity.metadata.name,
        signal,
      });
      await sites.replace(name, outputDir);
      return true;
    } finally {
      if (outputDir !== undefined) {
        await rm(outputDir, { recursive: true, force: true });
      }
      if (preparer.shouldCleanPreparedDirectory()) {
        await rm(inputDir, { recursive: true, force: true });
      }
    }
  }
}
