import {
  AuthService,
  HttpAuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { PreparerBase } from '@backstage/plugin-techdocs-node';
import { MarkdownGenerator } from '../MarkdownGenerator';
import { BackgroundBuilds } from './BackgroundBuilds';
import { createSyncRouter } from './createSyncRouter';
import { PublishedSites } from './PublishedSites';
import { SiteBuilder } from './SiteBuilder';

/**
 * Builds sites when somebody opens them, when their repository is pushed to, and
 * otherwise in the background.
 *
 * @internal
 */
export async function startBuilds(options: {
  auth: AuthService;
  catalog: CatalogService;
  events: CatalogScmEventsService;
  generator: MarkdownGenerator;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  integrations: ScmIntegrations;
  lifecycle: LifecycleService;
  logger: LoggerService;
  preparers: Record<'dir' | 'url', PreparerBase>;
  schedule: SchedulerServiceTaskScheduleDefinition;
  scheduler: SchedulerService;
  sites: PublishedSites;
}): Promise<void> {
  const { catalog, httpAuth, logger, sites } = options;
  await sites.clean().catch(error =>
    // What has been built can be read also from a disk that is full
    logger.warn('The folder of documentation cannot be cleaned up', error),
  );
  const builder = new SiteBuilder(options);
  options.httpRouter.use(createSyncRouter({ builder, catalog, httpAuth }));

  const background = new BackgroundBuilds({ ...options, builder });
  const { unsubscribe } = options.events.subscribe({
    // Who publishes waits for its subscribers, and a push must not wait for this
    onEvents: async events => {
      background
        .onEvents(events)
        .catch(error => logger.error('No documentation after a push', error));
    },
  });
  options.lifecycle.addShutdownHook(async () => {
    unsubscribe();
    await builder.stop();
  });
  await options.scheduler.scheduleTask({
    ...options.schedule,
    id: 'techdocs-markdown-background',
    // The sites are on the disk of each backend
    scope: 'local',
    fn: signal => background.buildMissing(signal),
  });
}
