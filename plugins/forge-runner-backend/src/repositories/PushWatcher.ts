import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  CatalogScmEvent,
  CatalogScmEventsService,
} from '@backstage/plugin-catalog-node/alpha';
import { RunQueue } from '../runs/RunQueue';
import { hasScripts } from '../runs/stageList';
import { ForgeClient, ForgeRepository } from './ForgeClient';
import { RepositoryRow, RepositoryStore } from './RepositoryStore';

/**
 * Sees what is pushed to the forge: by its events, which may be lost, and by
 * looking at all repositories now and then.
 *
 * A repository with content that is first seen by looking was there before: it is
 * remembered and not run, or a new portal would build all there is.
 *
 * @internal
 */
export class PushWatcher {
  /** One after the other: two events of one push are one run. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: {
      forge: ForgeClient;
      logger: LoggerService;
      onRemoved: (repository: RepositoryRow) => Promise<void>;
      queue: RunQueue;
      repositories: RepositoryStore;
    },
  ) {}

  subscribe(events: CatalogScmEventsService): { unsubscribe: () => void } {
    return events.subscribe({
      onEvents: async published => {
        for (const event of published) {
          await this.#handle(event);
        }
      },
    });
  }

  /** Looks at all repositories. @throws Error when the forge does not answer */
  async reconcile(): Promise<void> {
    const { forge, repositories } = this.options;
    const found = new Set<string>();
    for await (const repository of forge.list()) {
      found.add(repository.name.toLowerCase());
      await this.#inTurn(() => this.#look(repository, { isEvent: false }));
    }
    for (const row of await repositories.list()) {
      if (!found.has(row.name)) {
        // The list was read page by page: asked again, to be certain
        await this.#inTurn(() => this.#lookAt(row.name, { isEvent: false }));
      }
    }
  }

  async #handle(event: CatalogScmEvent): Promise<void> {
    const { forge, logger } = this.options;
    if (!event.type.startsWith('repository.') || !('url' in event)) {
      return;
    }
    const name = await forge.nameFromUrl(event.url);
    if (name) {
      await this.#inTurn(() => this.#lookAt(name, { isEvent: true })).catch(
        error =>
          logger.warn(
            `What was pushed to ${name} is looked at later: ${stringifyError(
              error,
            )}`,
          ),
      );
    }
  }

  async #lookAt(name: string, options: { isEvent: boolean }): Promise<void> {
    const { forge, repositories } = this.options;
    const repository = await forge.get(name);
    if (repository) {
      await this.#look(repository, options);
      return;
    }
    const row = await repositories.find(name);
    if (row) {
      await this.options.onRemoved(row);
      await repositories.remove(row.id);
    }
  }

  async #look(
    repository: ForgeRepository,
    { isEvent }: { isEvent: boolean },
  ): Promise<void> {
    const { forge, queue, repositories } = this.options;
    const { name, defaultBranch } = repository;
    const known = await repositories.find(name);
    const head = repository.isEmpty
      ? undefined
      : await forge.getHead(name, defaultBranch);
    if (
      known &&
      (known.url !== repository.url || known.default_branch !== defaultBranch)
    ) {
      // Another port of the portal, say
      await repositories.add(repository, undefined);
    }
    if (known && known.head === (head?.id ?? null)) {
      return;
    }
    const isPipeline =
      head !== undefined &&
      hasScripts(await forge.listFolder(name, 'ci', head.id));
    if (!known && !isEvent) {
      await repositories.add(
        repository,
        head && { id: head.id, hasScripts: isPipeline },
      );
      return;
    }
    const row = known ?? (await repositories.add(repository, undefined));
    if (!head) {
      return;
    }
    if (isPipeline) {
      await queue.add({
        repositoryId: row.id,
        commit: head,
        hasScripts: true,
        trigger: 'push',
      });
    } else {
      await repositories.update(row.id, { head: head.id, has_scripts: false });
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}
