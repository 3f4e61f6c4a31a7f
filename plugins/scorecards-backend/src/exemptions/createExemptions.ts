import {
  AuditorService,
  AuthService,
  HttpAuthService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { readDuration } from '@waymark/backend-support';
import { Router } from 'express';
import { Knex } from 'knex';
import { EvaluationQueue } from '../evaluation/EvaluationQueue';
import { NotificationGateway } from '../notifications/NotificationGateway';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { createExemptionsRouter } from './createExemptionsRouter';
import { ExemptionNotifier } from './ExemptionNotifier';
import { Exemptions } from './Exemptions';
import { ExemptionStore } from './ExemptionStore';

const DEFAULT_MAX_DURATION: HumanDuration = { days: 365 };
const DEFAULT_REMIND_BEFORE: HumanDuration = { days: 7 };

/**
 * Exemptions, with their routes and what is told of them.
 *
 * @internal
 */
export async function createExemptions(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  auth: AuthService;
  config: RootConfigService;
  database: Knex;
  gateway: NotificationGateway;
  httpAuth: HttpAuthService;
  now: () => number;
  queue: Pick<EvaluationQueue, 'wake'>;
  readable: ReadableScorecards;
  scheduler: SchedulerService;
}): Promise<Router> {
  const { config, database, httpAuth, scheduler } = options;

  const exemptions = new Exemptions({
    ...options,
    knex: database,
    maxDuration: readDuration(
      config,
      'scorecards.exemptions.maxDuration',
      DEFAULT_MAX_DURATION,
    ),
    store: new ExemptionStore({ database }),
  });
  const notifier = new ExemptionNotifier({
    ...options,
    remindBeforeMs: durationToMilliseconds(
      readDuration(
        config,
        'scorecards.exemptions.remindBefore',
        DEFAULT_REMIND_BEFORE,
      ),
    ),
  });
  await scheduler.scheduleTask({
    id: 'scorecards-exemptions',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 20 },
    timeout: { minutes: 10 },
    fn: () => notifier.run(),
  });
  return createExemptionsRouter({ exemptions, httpAuth });
}
