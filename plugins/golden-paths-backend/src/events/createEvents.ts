import {
  AuthService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { EntityAccess } from '@waymark/backend-support';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import express from 'express';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { GoldenPathsConfig } from '../config/GoldenPathsConfig';
import { EventAuthorizer } from './authorization/EventAuthorizer';
import { createEventsRouter } from './createEventsRouter';
import { EventDoor } from './EventDoor';
import { EventIntake } from './EventIntake';
import { DatabaseEventList } from './list/DatabaseEventList';
import { EventReader } from './list/EventReader';

/**
 * What takes and shows events over HTTP.
 *
 * @internal
 */
export function createEvents(options: {
  access: EntityAccess;
  auth: AuthService;
  ciCredentials: CiCredentialsService;
  clock: Clock;
  database: Knex;
  httpAuth: HttpAuthService;
  intake: EventIntake;
  permissions: PermissionsService;
  settings: Pick<GoldenPathsConfig, 'events' | 'observers' | 'sample'>;
}): express.Router {
  const { database, httpAuth, intake, settings } = options;
  return createEventsRouter({
    ...settings.events,
    httpAuth,
    door: new EventDoor({
      acceptsSamples: settings.sample,
      authorizer: new EventAuthorizer({
        ...options,
        observers: settings.observers,
      }),
      intake,
      maxBytes: settings.events.maxBytes,
      now: options.clock,
    }),
    reader: new EventReader({
      ...options,
      list: new DatabaseEventList({ database }),
    }),
  });
}
