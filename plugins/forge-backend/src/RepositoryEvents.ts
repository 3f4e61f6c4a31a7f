import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { ForgeUrls } from './http/ForgeUrls';
import { RepositoryName } from './repositories/Repository';

/**
 * Tells the catalog what happened to a repository, once it is on disk.
 *
 * @internal
 */
export class RepositoryEvents {
  readonly #events: CatalogScmEventsService;
  readonly #logger: LoggerService;
  readonly #urls: ForgeUrls;

  constructor(options: {
    events: CatalogScmEventsService;
    logger: LoggerService;
    urls: ForgeUrls;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
    this.#urls = options.urls;
  }

  /**
   * Does not wait: the change has happened, whatever its readers make of it, and
   * nobody who pushes should wait for them.
   */
  publish(what: 'created' | 'updated' | 'deleted', name: RepositoryName): void {
    const url = this.#urls.repository(name);
    this.#logger.info(
      `Repository ${name.organization}/${name.name} was ${what}`,
    );
    this.#events
      .publish([{ type: `repository.${what}`, url }])
      .catch(error =>
        this.#logger.error(
          `Publishing that ${url} was ${what} failed: ${stringifyError(error)}`,
        ),
      );
  }
}
