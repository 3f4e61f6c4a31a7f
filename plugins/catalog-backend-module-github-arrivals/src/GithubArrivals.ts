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
      try {
        await this.#onEvent(event);
      } catch (error) {
        this.options.logger.warn(
          `A repository of GitHub waits for the next discovery: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  };

  async #onEvent(event: CatalogScmEvent): Promise<void> {
    const { repositories, scmEvents } = this.options;
    switch (event.type) {
      case 'repository.created':
        if (repositories.covers(event.url)) {
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
