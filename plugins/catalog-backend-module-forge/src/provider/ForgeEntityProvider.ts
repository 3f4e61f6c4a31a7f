import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, stringifyError } from '@backstage/errors';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  CatalogScmEvent,
  CatalogScmEventsService,
} from '@backstage/plugin-catalog-node/alpha';
import { ForgeClient } from '../client/ForgeClient';
import {
  Repository,
  repositoryKey,
  RepositoryName,
} from '../client/Repository';
import { checkRemovals } from './checkRemovals';
import { KnownRepositories } from './KnownRepositories';
import { Mutex } from './Mutex';
import { repositoryUrls } from './repositoryUrls';
import { parseRepositoryUrl } from './repositoryUrl';
import { locationRef, toLocation } from './toLocation';

/**
 * Keeps one Location in the catalog for each repository of a host.
 *
 * @remarks
 * A full pass replaces everything, at once and only when all of it was read. In
 * between, events about single repositories are hints where to look: what the
 * host then says of that repository is what counts.
 *
 * @internal
 */
export class ForgeEntityProvider implements EntityProvider {
  readonly #id: string;
  readonly #client: ForgeClient;
  readonly #events: CatalogScmEventsService;
  readonly #known: KnownRepositories;
  readonly #logger: LoggerService;
  readonly #maxRemovedShare: number;

  /** Held by whoever changes the catalog. */
  readonly #mutations = new Mutex();
  /** Keys of repositories that somebody waits to look at. */
  readonly #waiting = new Set<string>();
  readonly #stop = new AbortController();
  #connection?: EntityProviderConnection;
  #unsubscribe?: () => void;
  /**
   * What events brought to light while a full pass was reading: its listing may
   * be older than that. Undefined is a repository that is gone.
   */
  #duringPass?: Map<string, Repository | undefined>;

  constructor(options: {
    id: string;
    client: ForgeClient;
    events: CatalogScmEventsService;
    known: KnownRepositories;
    logger: LoggerService;
    maxRemovedShare: number;
  }) {
    this.#id = options.id;
    this.#client = options.client;
    this.#events = options.events;
    this.#known = options.known;
    this.#maxRemovedShare = options.maxRemovedShare;
    this.#logger = options.logger.child({ target: this.getProviderName() });
  }

  getProviderName(): string {
    return `forge-provider:${this.#id}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    const { unsubscribe } = this.#events.subscribe({
      onEvents: async events => this.#onEvents(events),
    });
    this.#unsubscribe = unsubscribe;
  }

  /** Lets go of events and of requests under way. */
  stop(): void {
    this.#unsubscribe?.();
    this.#stop.abort();
  }

  /**
   * One full pass.
   *
   * @throws when the catalog was left as it was, because the host could not be
   * read completely or seems to have lost its repositories
   */
  async refresh(options: { signal?: AbortSignal } = {}): Promise<void> {
    const signal = options.signal
      ? AbortSignal.any([options.signal, this.#stop.signal])
      : this.#stop.signal;
    const started = Date.now();
    const duringPass = new Map<string, Repository | undefined>();
    this.#duringPass = duringPass;
    try {
      const listing = await this.#client.listRepositories({ signal });
      const count = await this.#mutations.run(() =>
        this.#replaceAll({ listing, duringPass, signal }),
      );
      this.#logger.info(
        `Read ${listing.length} repositories of ${
          this.#client.baseUrl
        }, ${count} with content, in ${Date.now() - started} ms`,
      );
    } catch (error) {
      throw new ForwardedError(
        `Full pass over ${
          this.#client.baseUrl
        } failed, the catalog keeps what it has`,
        error,
      );
    } finally {
      if (this.#duringPass === duringPass) {
        this.#duringPass = undefined;
      }
    }
  }

  async #replaceAll(options: {
    listing: Repository[];
    duringPass: Map<string, Repository | undefined>;
    signal: AbortSignal;
  }): Promise<number> {
    const { listing, duringPass, signal } = options;
    const repositories = new Map(
      listing.map(repository => [repositoryKey(repository), repository]),
    );
    for (const [key, repository] of duringPass) {
      if (repository) {
        repositories.set(key, repository);
      } else {
        repositories.delete(key);
      }
    }
    const known = await this.#known.list({
      providerName: this.getProviderName(),
      baseUrl: this.#client.baseUrl,
    });
    const missing = [...known].filter(
      ([key]) => !repositories.has(key) && !duringPass.has(key),
    );
    checkRemovals({
      listed: listing.length,
      known: known.size,
      missing: missing.length,
      maxRemovedShare: this.#maxRemovedShare,
    });
    for (const [key, name] of missing) {
      // Not being listed is a weak sign: a repository may have appeared since,
      // through another replica, or have slipped between two pages
      const repository = await this.#client.getRepository(name, { signal });
      if (repository) {
        repositories.set(key, repository);
      } else {
        this.#logger.info(`${name.owner}/${name.name} is gone from the host`);
      }
    }
    signal.throwIfAborted();
    const ingested = [...repositories.values()].filter(isIngested);
    await this.#connected().applyMutation({
      type: 'full',
      entities: ingested.map(repository => this.#toLocation(repository)),
    });
    return ingested.length;
  }

  #onEvents(events: CatalogScmEvent[]): void {
    for (const url of events.flatMap(repositoryUrls)) {
      const name = parseRepositoryUrl(url, { baseUrl: this.#client.baseUrl });
      const key = name && repositoryKey(name);
      // One look at a repository serves all events that came before it
      if (name && key && !this.#waiting.has(key)) {
        this.#waiting.add(key);
        // Whoever publishes does not wait: a push is done when Git has it
        this.#mutations
          .run(async () => {
            this.#waiting.delete(key);
            await this.#look(name);
          })
          .catch(error =>
            this.#logger.warn(
              `Looking at ${name.owner}/${
                name.name
              } after an event failed, the next full pass makes up for it: ${stringifyError(
                error,
              )}`,
            ),
          );
      }
    }
  }

  /** Brings one repository in line with what the host says of it now. */
  async #look(name: RepositoryName): Promise<void> {
    const key = repositoryKey(name);
    const repository = await this.#client.getRepository(name, {
      signal: this.#stop.signal,
    });
    this.#duringPass?.set(key, undefined);
    if (repository) {
      // A host may send on to where the repository has moved
      this.#duringPass?.set(repositoryKey(repository), repository);
    }
    const added =
      repository && isIngested(repository)
        ? [this.#toLocation(repository)]
        : [];
    const stays =
      repository && added.length > 0 && repositoryKey(repository) === key;
    const { baseUrl } = this.#client;
    const removed = stays
      ? []
      : [{ entityRef: locationRef(name, { baseUrl }) }];
    await this.#connected().applyMutation({ type: 'delta', added, removed });
    this.#events.markEventActionTaken({
      action: added.length > 0 ? 'refresh' : 'delete',
    });
  }

  #toLocation(repository: Repository) {
    return toLocation(repository, {
      baseUrl: this.#client.baseUrl,
      providerName: this.getProviderName(),
    });
  }

  #connected(): EntityProviderConnection {
    if (!this.#connection) {
      throw new Error(`${this.getProviderName()} is not connected`);
    }
    return this.#connection;
  }
}

/**
 * Archived repositories are history, and empty ones have nothing to say yet: the
 * first push to them is an event.
 */
function isIngested(repository: Repository): boolean {
  return !repository.archived && !repository.empty;
}
