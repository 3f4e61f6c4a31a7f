import {
  HttpRouterService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  RootLifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { GithubEventRouter } from '@backstage/plugin-events-backend-module-github';
import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { createArgocdRouter } from '../adapters/argocd/createArgocdRouter';
import { GithubAdapter } from '../adapters/github/GithubAdapter';
import { readIncidentLabels } from '../adapters/github/readIncidentLabels';
import { readSecrets } from '../adapters/readSecrets';
import { createTrackerRouter } from '../adapters/tracker/createTrackerRouter';
import { GoldenPathsConfig } from '../config/GoldenPathsConfig';
import { EventIntake } from '../events/EventIntake';
import { SupportConfig, trackerRepositories } from '../tickets/SupportConfig';
import { TrackedTickets } from '../tickets/TrackedTickets';
import { createWebhookRouter } from './createWebhookRouter';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import { DeliveryPublisher } from './DeliveryPublisher';
import { readGithubSecrets } from './readGithubSecrets';
import { scheduleDeliveryTasks } from './scheduleDeliveryTasks';

/**
 * What receives webhooks. Whoever sends them is nobody to Backstage: a signature or
 * a secret is the credential.
 *
 * @internal
 */
export async function createWebhooks(options: {
  config: RootConfigService;
  database: Knex;
  events: EventsService;
  httpRouter: HttpRouterService;
  intake: EventIntake;
  lifecycle: LifecycleService;
  logger: LoggerService;
  rootLifecycle: RootLifecycleService;
  scheduler: SchedulerService;
  settings: GoldenPathsConfig['webhooks'];
  support: SupportConfig;
  tickets: TrackedTickets;
}): Promise<void> {
  const { config, database, events, httpRouter, settings } = options;
  // In place of the module for GitHub of the events backend, which would also open
  // an address that knows no replays
  await new GithubEventRouter({ events }).subscribe();

  const deliveries = DatabaseDeliveryStore.create({ database });
  const publisher = new DeliveryPublisher({
    ...options,
    store: deliveries,
    adapter: new GithubAdapter({
      ...options,
      settings: {
        incidentLabels: readIncidentLabels(config),
        trackers: trackerRepositories(options.support),
      },
    }),
  });
  options.rootLifecycle.addStartupHook(() => publisher.start());
  options.lifecycle.addShutdownHook(() => publisher.stop());
  await scheduleDeliveryTasks({
    ...options,
    publisher,
    retention: settings.retention,
    store: deliveries,
  });

  const secretsOf = (sender: string) => () =>
    readSecrets(config, `goldenPaths.webhooks.${sender}.secrets`);
  httpRouter.use(
    createWebhookRouter({
      ...settings,
      publisher,
      secrets: () => readGithubSecrets(config),
    }),
  );
  httpRouter.use(
    createArgocdRouter({
      ...options,
      ...settings,
      secrets: secretsOf('argocd'),
    }),
  );
  httpRouter.use(
    createTrackerRouter({
      ...options,
      ...settings,
      secrets: secretsOf('tracker'),
    }),
  );
  for (const sender of ['github', 'argocd', 'tracker']) {
    httpRouter.addAuthPolicy({
      path: `/webhooks/${sender}`,
      allow: 'unauthenticated',
    });
  }
}
