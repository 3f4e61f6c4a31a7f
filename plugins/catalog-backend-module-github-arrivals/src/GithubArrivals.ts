import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  CatalogScmEvent,
  CatalogScmEventsService,
} from '@backstage/plugin-catalog-node/alpha';
import { EventsService } from '@backstage/plugin-events-node';
import { GithubRepositories } from './GithubRepositories';

/** The scheduled tasks of `GithubEntityProvider`, one for each provider. */
const DISCOVERY_TASK = /^github-provider:.+:refresh$/;

/**
 * When a new repository is looked at once more: what is pushed to it takes a
 * moment until all of GitHub knows it, and a copy of another repository is
 * filled after it was created, without any word of a push.
 */
const LOOK_AGAIN_MS = [5_000, 20_000];

/**
 * `GithubEntityProvider` listens to webhooks and to nothing else, and passes
 * over those that say a repository was created. What it does act on is a
 * repository that was transferred into the organisation: it checks its own
 * filters and that there is a catalog file, and adds the Location under its own
 * key. So that is what it is told here, with what GitHub itself says about the
 * repository.
 *
 * @internal
 */
export class GithubArrivals {
  /** By the address of the repository. */
  readonly #later = new Map<string, NodeJS.Timeout[]>();

  constructor(
    private readonly options: {
      events: EventsService;
      logger: LoggerService;
      repositories: GithubRepositories;
      scheduler: SchedulerService;
      scmEvents: CatalogScmEventsService;
    },
  ) {}

  onEvents = async (events: CatalogScmEvent[]): Promise<void> => {
    for (const event of events) {
      await this.#logged(() => this.#onEvent(event));
    }
  };

  stop(): void {
    for (const url of this.#later.keys()) {
      this.#forget(url);
    }
  }

  async #logged(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn(
        `A repository of GitHub waits for the next discovery: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #onEvent(event: CatalogScmEvent): Promise<void> {
    const { repositories, scmEvents } = this.options;
    switch (event.type) {
      case 'repository.created':
        if (repositories.covers(event.url)) {
          this.#lookAgain(event.url);
          await this.#add(event.url);
        }
        return;

      // The provider adds a Location for a new catalog file. Where there is one
      // already, since it does not check that files exist, adding it again
      // does nothing, and it has to be read again instead
      case 'location.created':
        if (repositories.covers(event.url)) {
          await scmEvents.publish([{ ...event, type: 'location.updated' }]);
        }
        return;

      // The provider knows other names, but not other default branches
      case 'repository.moved':
        if (
          repositories.covers(event.toUrl) &&
          repositoryOf(event.fromUrl) === repositoryOf(event.toUrl)
        ) {
          await this.#discover();
        }
        return;

      default:
    }
  }

  #lookAgain(url: string): void {
    this.#forget(url);
    this.#later.set(
      url,
      LOOK_AGAIN_MS.map((delay, index) =>
        setTimeout(() => {
          if (index === LOOK_AGAIN_MS.length - 1) {
            this.#later.delete(url);
          }
          void this.#logged(() => this.#add(url));
        }, delay).unref(),
      ),
    );
  }

  #forget(url: string): void {
    this.#later.get(url)?.forEach(timer => clearTimeout(timer));
    this.#later.delete(url);
  }

  async #add(url: string): Promise<void> {
    const { events, repositories } = this.options;
    const repository = await repositories.get(url);
    if (!repository) {
      return;
    }
    await events.publish({
      topic: 'github.repository',
      eventPayload: {
        action: 'transferred',
        repository: {
          ...repository,
          // Not every server of an enterprise says
          visibility:
            repository.visibility ??
            (repository.private ? 'private' : 'public'),
        },
        organization: { login: repository.owner.login },
      },
    });
  }

  async #discover(): Promise<void> {
    const { scheduler } = this.options;
    const tasks = await scheduler.getScheduledTasks();
    for (const { id } of tasks) {
      if (DISCOVERY_TASK.test(id)) {
        await scheduler.triggerTask(id);
      }
    }
  }
}

/** Owner and name, from an address of the repository or of something in it. */
function repositoryOf(url: string): string {
  return new URL(url).pathname.split('/').slice(0, 3).join('/').toLowerCase();
}
