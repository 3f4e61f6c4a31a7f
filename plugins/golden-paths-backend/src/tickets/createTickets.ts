import {
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import express from 'express';
import { Knex } from 'knex';
import { EventIntake } from '../events/EventIntake';
import { createTicketsRouter } from './createTicketsRouter';
import { GithubIssueTracker } from './GithubIssueTracker';
import { IssueTracker } from './IssueTracker';
import { SquadFinder } from './SquadFinder';
import { readSupportConfig, SupportConfig } from './SupportConfig';
import { TicketDispatcher } from './TicketDispatcher';
import { Tickets } from './Tickets';
import { TicketStore } from './TicketStore';
import { TrackedTickets } from './TrackedTickets';
import { WebhookTracker } from './WebhookTracker';

/**
 * Questions to the platform team.
 *
 * @internal
 */
export async function createTickets(options: {
  catalog: CatalogService;
  config: RootConfigService;
  database: Knex;
  httpAuth: HttpAuthService;
  intake: EventIntake;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  userInfo: UserInfoService;
}): Promise<{
  router: express.Router;
  support: SupportConfig;
  tickets: TrackedTickets;
}> {
  const { config, lifecycle, scheduler } = options;
  const support = readSupportConfig(config);
  const store = new TicketStore(options);
  const tracker = createTracker(config, support);
  const dispatcher = new TicketDispatcher({
    ...options,
    group: support.group,
    store,
    tracker,
  });
  await scheduler.scheduleTask({
    id: 'golden-paths:tell-tickets',
    frequency: { seconds: 15 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 10 },
    fn: signal => dispatcher.dispatchDue(signal),
  });
  lifecycle.addShutdownHook(() => dispatcher.stop());

  const tickets = new Tickets({
    dispatcher,
    maxPerHour: support.maxPerHour,
    squads: new SquadFinder(options),
    store,
    tracker,
  });
  return {
    router: createTicketsRouter({ ...options, tickets }),
    support,
    tickets: store,
  };
}

function createTracker(
  config: RootConfigService,
  { tracker }: SupportConfig,
): IssueTracker | undefined {
  const baseUrl =
    config.getOptionalString('app.baseUrl')?.replace(/\/+$/, '') ?? '';
  if (tracker.github) {
    return new GithubIssueTracker({
      ...tracker.github,
      baseUrl,
      integrations: ScmIntegrations.fromConfig(config),
    });
  }
  return tracker.webhook && new WebhookTracker({ ...tracker.webhook, baseUrl });
}
