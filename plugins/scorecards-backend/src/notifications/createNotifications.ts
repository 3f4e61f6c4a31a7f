import {
  AuthService,
  HttpAuthService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { readDuration } from '@waymark/backend-support';
import { Router } from 'express';
import { Knex } from 'knex';
import { createPreferencesRouter } from './createPreferencesRouter';
import { DigestNotifier, DigestTime, WEEKDAYS } from './DigestNotifier';
import { LevelNotifier } from './LevelNotifier';
import { NotificationGateway } from './NotificationGateway';
import { Ownership } from './Ownership';
import { PreferenceStore } from './PreferenceStore';

const DEFAULT_WINDOW: HumanDuration = { minutes: 1 };

/**
 * What owners are told of changed levels, and how they want to be.
 *
 * @internal
 */
export async function createNotifications(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: Knex;
  gateway: NotificationGateway;
  httpAuth: HttpAuthService;
  now: () => number;
  scheduler: SchedulerService;
}): Promise<Router> {
  const { auth, catalog, config, database, scheduler } = options;
  const preferences = new PreferenceStore({ database });
  const ownership = new Ownership({ auth, catalog });
  const windowMs = durationToMilliseconds(
    readDuration(config, 'scorecards.notifications.window', DEFAULT_WINDOW),
  );
  const levels = new LevelNotifier({
    ...options,
    ownership,
    preferences,
    windowMs,
  });
  const digest = new DigestNotifier({
    ...options,
    ownership,
    preferences,
    time: readDigestTime(config),
    windowMs,
  });
  await scheduler.scheduleTask({
    id: 'scorecards-level-notifications',
    frequency: { seconds: 15 },
    initialDelay: { seconds: 15 },
    // After a replica died in it, the others wait that long
    timeout: { minutes: 2 },
    fn: () => levels.run(),
  });
  await scheduler.scheduleTask({
    id: 'scorecards-weekly-digest',
    frequency: { minutes: 10 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 30 },
    fn: () => digest.run(),
  });
  return createPreferencesRouter({ ...options, preferences });
}

function readDigestTime(config: RootConfigService): DigestTime {
  const key = 'scorecards.notifications.digest';
  const weekday = config.getOptionalString(`${key}.weekday`) ?? 'monday';
  const hour = config.getOptionalNumber(`${key}.hour`) ?? 8;
  const known = WEEKDAYS.find(name => name === weekday.toLowerCase());
  if (!known) {
    throw new InputError(`${key}.weekday has to be one of ${WEEKDAYS}`);
  }
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) {
    throw new InputError(`${key}.hour has to be a whole number from 0 to 23`);
  }
  return { weekday: known, hour };
}
