import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readDuration } from '@waymark/backend-support';
import { Weeks } from '../calendar/Weeks';
import { DeriveSettings } from '../derive/Derived';
import { REACH_MS } from '../worker/Retention';

const DAY_MS = 24 * 60 * 60_000;

/**
 * By what events are understood.
 *
 * @internal
 * @throws InputError that names the key
 */
export function readDeriveSettings(config: RootConfigService): DeriveSettings {
  const timeZone = config.getOptionalString('goldenPaths.timeZone') ?? 'UTC';
  try {
    Weeks.of(timeZone);
  } catch (error) {
    throw new InputError('goldenPaths.timeZone', error);
  }
  const environments = (tier: string, byDefault: string[]) =>
    (
      config.getOptionalStringArray(`goldenPaths.environments.${tier}`) ??
      byDefault
    ).map(name => name.toLocaleLowerCase('en-US'));
  return {
    timeZone,
    environments: {
      production: environments('production', ['production', 'prod', 'live']),
      staging: environments('staging', ['staging', 'stage', 'preproduction']),
    },
    incidentWindow: durationToMilliseconds(
      readDuration(config, 'goldenPaths.incidentWindow', { hours: 24 }),
    ),
  };
}

/**
 * How long events are kept, in milliseconds.
 *
 * @internal
 * @throws InputError when it is too short for what weeks are made of
 */
export function readRetention(config: RootConfigService): number {
  const key = 'goldenPaths.events.retention';
  const milliseconds = durationToMilliseconds(
    readDuration(config, key, { days: 800 }),
  );
  const least = 2 * REACH_MS;
  if (milliseconds < least) {
    throw new InputError(
      `${key} has to be at least ${
        least / DAY_MS
      } days, by which a week is made`,
    );
  }
  return milliseconds;
}
