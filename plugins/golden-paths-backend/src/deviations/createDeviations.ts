import {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EntityAccess } from '@waymark/backend-support';
import { Router } from 'express';
import { Knex } from 'knex';
import { readSupportConfig } from '../tickets/SupportConfig';
import { createDeviationsRouter } from './createDeviationsRouter';
import { DeviationNotifier } from './DeviationNotifier';
import { Deviations } from './Deviations';

/**
 * Deviations, with their routes and what is told of them.
 *
 * @internal
 */
export async function createDeviations(options: {
  access: EntityAccess;
  auditor: AuditorService;
  auth: AuthService;
  clock: () => number;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  /** Called after a decision about a deviation of an entity. */
  onChange: (entityIds: number[]) => Promise<void>;
  scheduler: SchedulerService;
}): Promise<Router> {
  const { config, httpAuth, scheduler } = options;
  const notifier = new DeviationNotifier({
    ...options,
    group: readSupportConfig(config).group,
  });
  await scheduler.scheduleTask({
    id: 'golden-paths:deviation-news',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 25 },
    timeout: { minutes: 5 },
    scope: 'global',
    async fn() {
      try {
        await notifier.run();
      } catch (error) {
        throw new ForwardedError('Deviations are told of later', error);
      }
    },
  });
  return createDeviationsRouter({
    deviations: new Deviations(options),
    httpAuth,
  });
}
